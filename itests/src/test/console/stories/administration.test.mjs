import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { isAccessible, logIn, open, picture, story, until } from '../browser.mjs';
import { address, api, deploy, greeter, unique, user } from '../server.mjs';

const security = (name, realm) =>
  `security:\n  - name: ${name}\n    type: basic_auth\n    username: ada\n    password: hush\n    realm: ${realm}\n`;

test(
  'an import shows what would change before it does, and what is wrong in which line',
  story({}, async (page) => {
    const name = unique('imported');
    await api(
      'PUT',
      `objects/security/${name}`,
      JSON.stringify({ type: 'basic_auth', username: 'ada', password: 'hush', realm: 'old' }),
    );
    await logIn(page, '/configuration?part=import', await user(unique('operator'), 'operator'));
    const text = page.getByRole('textbox', { name: 'YAML to import' });

    await text.fill(security(name, 'new') + '    colour: red\n');
    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByRole('button', { name: 'line 7, column 5' }).click();
    await page.getByText('unknown field `colour`', { exact: false }).waitFor();
    await picture(page, 'import refused');

    await text.fill(security(name, 'new') + security(`${name}-2`, 'x').replace('security:\n', ''));
    await page.getByRole('button', { name: 'Compare' }).click();
    const difference = page.getByRole('region', {
      name: `Difference of security/${name}`,
      exact: true,
    });
    await difference.getByText('realm: old').waitFor();
    await difference.getByText('realm: new').waitFor();
    await picture(page, 'import compared');
    const realm = async () => (await api('GET', `objects/security/${name}`)).json.fields.realm;
    assert.equal(await realm(), 'old');
    await page.getByRole('button', { name: 'Import: 1 new, 1 changed' }).click();
    await page.getByText('Imported: 1 new, 1 changed.').waitFor();
    assert.equal(await realm(), 'new');

    await page.getByRole('button', { name: 'Compare' }).click();
    await page.getByText('Nothing would change', { exact: false }).waitFor();
  }),
);

test(
  'an export is the same file as the command line writes',
  story({}, async (page) => {
    const name = unique('exported');
    await api(
      'PUT',
      `objects/security/${name}`,
      JSON.stringify({ type: 'basic_auth', username: 'ada', password: 'hush' }),
    );
    await logIn(page, '/configuration?kind=security', await user(unique('viewer'), 'viewer'));
    await page.getByRole('region', { name: 'Export' }).getByText(`name: ${name}`).waitFor();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Save as a file' }).click(),
    ]);
    assert.equal(download.suggestedFilename(), 'security.yaml');
    const saved = await readFile(await download.path(), 'utf8');
    assert.equal(saved, (await api('GET', 'config/export?kind=security')).text);
    assert.equal(await page.getByRole('tab', { name: 'Import' }).count(), 0);
  }),
);

test(
  'a secret is set, and an object that waits for it opens; it is gone only when nobody needs it',
  story({}, async (page) => {
    const name = unique('stories/secret');
    const object = unique('waiting');
    const fields = { type: 'basic_auth', username: 'ada', password: '${secret:' + name + '}' };
    await api('PUT', `objects/security/${object}`, JSON.stringify(fields));
    const state = async () => (await api('GET', `objects/security/${object}`)).json.state;
    assert.equal(await state(), 'waiting');
    await logIn(page, '/secrets');

    await page.getByRole('button', { name: 'New secret' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('Value').fill('hush');
    await dialog.getByRole('button', { name: 'Set' }).click();
    await page.getByText(`The secret ${name} is set.`).waitFor();
    await until('the object opens', async () => (await state()) === 'open');

    await open(page, `/secrets?q=${name}`);
    await page.getByRole('button', { name: `Delete ${name}` }).click();
    await dialog.getByLabel(/^Type/).fill(name);
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByText(`security/${object} refers to secret ${name}`).waitFor();
    await api('DELETE', `objects/security/${object}`);
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByText(`The secret ${name} is gone.`).waitFor();
  }),
);

test(
  'an admin makes a user who changes the own password; the audit has it all',
  story({}, async (page, context) => {
    const name = unique('grace');
    const first = 'a-first-password';
    const second = 'another-password';
    await logIn(page, '/users');
    await page.getByRole('button', { name: 'New user' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('Password').fill('short');
    await dialog.getByRole('checkbox', { name: 'operator' }).check();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText('(422)', { exact: false }).waitFor();
    await dialog.getByLabel('Password').fill(first);
    await picture(page, 'new user');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.getByText(`The user ${name} is there.`).waitFor();

    // A second one of that name does not take the first one's place.
    await page.getByRole('button', { name: 'New user' }).click();
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('Password').fill(second);
    await dialog.getByRole('button', { name: 'Save' }).click();
    await dialog.getByText(`There is a user ${name} already`).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();

    const other = await (await context.browser().newContext()).newPage();
    await logIn(other, '/account', { name, password: first });
    await other.getByLabel('Present password').fill(first);
    await other.locator('#password').fill(second);
    await other.getByLabel('New password again').fill(second);
    await other.getByRole('button', { name: 'Change', exact: true }).click();
    await other.getByText('Your password is changed', { exact: false }).waitFor();
    await other.context().close();
    const login = await fetch(address('/api/v1/account'), {
      headers: { authorization: 'Basic ' + Buffer.from(`${name}:${second}`).toString('base64') },
    });
    assert.deepEqual((await login.json()).roles.sort(), ['operator', 'viewer']);

    await open(page, `/audit?user=${name}`);
    await page.getByRole('gridcell', { name: 'account.write' }).first().waitFor();
    await open(page, '/audit');
    await page.getByLabel('Part of a target').fill(name);
    await page.getByLabel('Operation').fill('users');
    await until('the address has both', () => {
      const { searchParams } = new URL(page.url());
      return searchParams.get('target') === name && searchParams.get('operation') === 'users';
    });
    await page.getByRole('gridcell', { name: 'users.write' }).first().waitFor();
    await page.getByLabel('Outcome').selectOption('failed');
    await page.getByRole('gridcell', { name: '422' }).first().waitFor();
    await picture(page, 'audit');

    await open(page, `/users?q=${name}`);
    await page.getByRole('button', { name: `Delete ${name}` }).click();
    await dialog.getByLabel(/^Type/).fill(name);
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await page.getByText(`The user ${name} is gone.`).waitFor();
    assert.equal((await api('GET', `users/${name}`)).status, 404);
  }),
);

test(
  'an admin makes the server read-only: everybody reads why, and nothing is changed until that ends',
  story({}, async (page, context) => {
    const file = unique('Guarded');
    const name = unique('guarded');
    await deploy(file, greeter(name, 'Good day'));
    try {
      await logIn(page, '/');
      const other = await (await context.browser().newContext()).newPage();
      await logIn(other, `/services/${name}`, await user(unique('operator'), 'operator'));
      await other.getByRole('heading', { level: 1, name }).waitFor();
      await other.getByRole('button', { name: 'Invoke', exact: true }).waitFor();

      await page.getByRole('button', { name: 'admin (' }).click();
      await page.getByRole('menuitem', { name: 'Make the server read-only' }).click();
      const dialog = page.getByRole('dialog');
      assert.equal(await dialog.getByRole('button', { name: 'Make it' }).isDisabled(), true);
      await dialog.getByLabel('Why').fill('closing <b>the year</b>');
      await isAccessible(page);
      await picture(page, 'read-only asked');
      await dialog.getByRole('button', { name: 'Make it' }).click();
      await page.getByText('by admin: closing <b>the year</b>').waitFor();
      await isAccessible(page);
      await picture(page, 'read-only');

      // Who looks at another page reads it at once, and is not offered what would be refused.
      await other.getByText('by admin: closing <b>the year</b>').waitFor();
      await other
        .getByRole('button', { name: 'Invoke', exact: true })
        .waitFor({ state: 'detached' });
      assert.equal(await other.getByRole('button', { name: 'Let it be changed' }).count(), 0);
      const refused = await api('DELETE', `deployments/${file}`);
      assert.equal(refused.status, 423);
      assert.match(refused.json.detail, /closing <b>the year/);

      await page.getByRole('button', { name: 'Let it be changed again' }).click();
      await dialog.getByRole('button', { name: 'End read-only' }).click();
      await page.getByText('closing <b>the year</b>').waitFor({ state: 'detached' });
      await other.getByRole('button', { name: 'Invoke', exact: true }).waitFor();
      await other.context().close();
    } finally {
      await api('DELETE', 'read-only');
      await api('DELETE', `deployments/${file}`);
    }
  }),
);
