import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { once } from 'node:events';
import { test } from 'node:test';
import { logIn, open, picture, story, until } from '../browser.mjs';
import { address, api, deploy, greeter, save, unique, user } from '../server.mjs';

const MARKUP = '<img src=x onerror=alert(1)>';

/** The input of a field. */
const field = (page, at) => page.locator(`[id="field-${at}"]`);
const put = (kind, name, fields) => api('PUT', `objects/${kind}/${name}`, JSON.stringify(fields));
const fieldsOf = async (kind, name) => (await api('GET', `objects/${kind}/${name}`)).json.fields;

test(
  'an operator makes a channel in a form that is made from the schema, and it answers',
  story({}, async (page) => {
    const service = unique('stories.formed');
    const name = unique('formed');
    await deploy(unique('Formed'), greeter(service, 'Hello'));
    await logIn(page, '/objects?kind=channel_rest', await user(unique('operator'), 'operator'));

    await page.getByRole('link', { name: 'New channel_rest' }).click();
    await field(page, 'name').fill(name);
    await field(page, 'service').fill(service);
    // What is wrong stands at its field, and leads there.
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const missing = page.getByRole('button', { name: 'url_path', exact: true });
    await missing.click();
    await until('the field has the focus', () =>
      page.evaluate(() => document.activeElement?.id === 'field-url_path'),
    );
    await picture(page, 'object refused');
    await page.keyboard.type(`/${name}/{name}`);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    await page.getByText(`channel_rest/${name} is saved; it is open.`).waitFor();
    assert.deepEqual(await fieldsOf('channel_rest', name), {
      name,
      service,
      url_path: `/${name}/{name}`,
    });
    await page.getByRole('link', { name: service }).waitFor();

    await page.getByRole('button', { name: 'Disable' }).click();
    await page.getByText(`${name} is inactive.`).waitFor();
    assert.equal((await fieldsOf('channel_rest', name)).is_active, false);
    await page.getByRole('button', { name: 'Enable' }).click();
    await page.getByText(`${name} is open.`).waitFor();

    await page.getByRole('button', { name: 'Clear counters' }).click();
    await page.getByText('has no rate limits in operation').waitFor();
  }),
);

test(
  'lists, maps and records inside are edited, and the same object is edited as YAML',
  story({}, async (page) => {
    const name = unique('nested');
    await logIn(page, '/objects/new/security');

    await field(page, 'name').fill(name);
    await field(page, 'type').selectOption('bearer_token');
    await field(page, 'issuer').fill('https://login.example.com');
    await page.getByRole('button', { name: 'more fields' }).click();
    await field(page, 'jwks_url').fill('https://login.example.com/keys');
    await page.getByRole('button', { name: 'Add to audience' }).click();
    await page.getByLabel('audience 1', { exact: true }).fill(MARKUP);
    await page.getByRole('button', { name: 'Add to claims' }).click();
    await page.getByLabel('claims, new name').fill('tenant');
    await page.keyboard.press('Enter');
    await page.getByLabel('claims tenant', { exact: true }).fill('a');
    await page.getByRole('button', { name: 'Add to rate_limiting' }).click();
    await page.getByRole('button', { name: 'Add to cidr_list' }).click();
    await page.getByLabel('cidr_list 1', { exact: true }).fill('0.0.0.0/0');
    await page.getByRole('button', { name: 'Add to time_range' }).click();
    await field(page, 'rate_limiting[0].time_range[0].limit').fill('-1');
    await picture(page, 'object nested');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page
      .getByRole('button', { name: 'rate_limiting[0].time_range[0].limit', exact: true })
      .waitFor();
    await field(page, 'rate_limiting[0].time_range[0].limit').fill('100');

    await page.getByRole('button', { name: 'YAML' }).click();
    const yaml = page.getByRole('textbox', { name: 'YAML' });
    await yaml.waitFor();
    const text = await yaml.inputValue();
    assert.match(text, /time_range:\n +- limit: 100/);
    await yaml.fill(text.replace('limit: 100', 'limit: many'));
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: /^line \d+, column/ }).click();
    await until('the line is selected', () =>
      yaml.evaluate((area) =>
        area.value.slice(area.selectionStart, area.selectionEnd).includes('limit: many'),
      ),
    );
    await picture(page, 'object yaml refused');
    await yaml.fill(text.replace('limit: 100', 'limit: 250'));
    await page.getByRole('button', { name: 'Form' }).click();
    await until(
      'the form has what was written',
      async () =>
        (await field(page, 'rate_limiting[0].time_range[0].limit').inputValue()) === '250',
    );
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();

    const fields = await fieldsOf('security', name);
    assert.deepEqual(fields.audience, [MARKUP]);
    assert.deepEqual(fields.claims, { tenant: 'a' });
    assert.deepEqual(fields.rate_limiting, [
      { cidr_list: ['0.0.0.0/0'], time_range: [{ limit: 250 }] },
    ]);
    assert.equal(await page.locator('img').count(), 0);

    // The page shows what an export has.
    await page.getByRole('tab', { name: 'YAML' }).click();
    const shown = page.getByRole('region', { name: 'YAML' });
    await shown.getByText('security:').waitFor();
    const exported = await api('GET', `config/export?kind=security&name=${name}`);
    assert.equal((await shown.innerText()).trim(), exported.text.trim());
  }),
);

test(
  'a secret never comes back, stays when others change, and is changed when it is meant',
  story({}, async (page) => {
    const name = unique('partner');
    const password = 'hush-' + unique('p');
    await put('security', name, { type: 'basic_auth', username: 'ada', password });
    const answers = [];
    page.on('response', async (response) => {
      if (response.url().includes('/api/')) {
        answers.push(await response.text().catch(() => ''));
      }
    });
    await logIn(page, `/objects/security/${name}?part=edit`);

    await page.getByText('It is set:').waitFor();
    await field(page, 'username').fill('grace');
    await picture(page, 'object secret');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('is saved; it is open').waitFor();
    const reference = '${secret:security/' + name + '/password}';
    assert.deepEqual(await fieldsOf('security', name), {
      name,
      type: 'basic_auth',
      username: 'grace',
      password: reference,
    });

    await page.getByRole('button', { name: 'Edit' }).click();
    await page.getByRole('button', { name: 'Change it password' }).click();
    assert.equal(await field(page, 'password').getAttribute('type'), 'password');
    await page.getByRole('button', { name: 'Leave it as it is' }).click();
    await page.getByText('It is set:').waitFor();
    await page.getByRole('button', { name: 'Change it password' }).click();
    await field(page, 'password').fill(`${password}-2`);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('is saved; it is open').last().waitFor();
    assert.equal((await fieldsOf('security', name)).password, reference);
    assert.equal(answers.filter((answer) => answer.includes(password)).length, 0);
  }),
);

test(
  'a connection is tested before it is saved, with the real reason when it is not reached',
  story({}, async (page) => {
    const name = unique('tested');
    const system = createServer((_, response) => response.end('here'));
    system.listen(0, '127.0.0.1');
    await once(system, 'listening');
    try {
      await logIn(page, '/objects/new/outgoing_rest');
      await field(page, 'name').fill(name);
      await field(page, 'host').fill('http://127.0.0.1:1');
      await page.getByRole('button', { name: 'Test' }).click();
      await page.getByText(/Bad Gateway/).waitFor();
      await picture(page, 'object not reached');
      await field(page, 'host').fill(`http://127.0.0.1:${system.address().port}`);
      await page.getByRole('button', { name: 'Test' }).click();
      await page.getByText(/It answers, in/).waitFor();
      // Nothing is kept of it.
      assert.equal((await api('GET', `objects/outgoing_rest/${name}`)).status, 404);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByRole('button', { name: 'Ping' }).click();
      await page.getByText(/It answers, in/).waitFor();
    } finally {
      system.close();
    }
  }),
);

test(
  'two who change the same object lose nothing: both are shown and merged',
  story({}, async (page) => {
    const name = unique('shared');
    const before = { type: 'basic_auth', username: 'ada', password: 'hush', realm: 'one' };
    await put('security', name, before);
    const kept = await fieldsOf('security', name);
    await logIn(page, `/objects/security/${name}?part=edit`);
    await field(page, 'username').fill('mine');
    await put('security', name, { ...kept, realm: 'theirs' });

    await page.getByText('Somebody else has changed it since you began').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    const difference = page.getByRole('region', { name: 'Theirs and yours' });
    await difference.getByText('"username": "mine"').waitFor();
    await difference.getByText('"realm": "theirs"').waitFor();
    await picture(page, 'object conflict');
    assert.equal((await fieldsOf('security', name)).username, 'ada');
    await page.getByRole('button', { name: 'Merge both' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('is saved; it is open').waitFor();
    const { username, realm } = await fieldsOf('security', name);
    assert.deepEqual([username, realm], ['mine', 'theirs']);
  }),
);

test(
  'what is not saved is not lost by a click elsewhere',
  story({}, async (page) => {
    const name = unique('unsaved');
    await logIn(page, '/objects/new/security');
    await field(page, 'name').fill(name);
    await page.getByRole('link', { name: 'Services' }).click();
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
    await dialog.getByRole('button', { name: 'Stay' }).click();
    assert.equal(await field(page, 'name').inputValue(), name);
    await page.getByRole('link', { name: 'Services' }).click();
    await dialog.getByRole('button', { name: 'Leave' }).click();
    await page.getByRole('heading', { name: 'Services', level: 1 }).waitFor();
  }),
);

test(
  'references lead both ways, a copy has another name, and a deletion needs the name and nobody who refers to it',
  story({}, async (page) => {
    const name = unique('guard');
    const channel = unique('guarded');
    await put('security', name, { type: 'basic_auth', username: 'ada', password: 'hush' });
    await put('channel_rest', channel, {
      service: 'stories.nobody',
      url_path: `/${channel}`,
      security: name,
    });
    await logIn(page, `/objects/channel_rest/${channel}`);
    await page.getByRole('link', { name: `security/${name}` }).click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();

    await page.getByRole('button', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog', { name: `Delete security/${name}?` });
    await dialog.getByRole('link', { name: `channel_rest/${channel}` }).waitFor();
    assert.ok(await dialog.getByRole('button', { name: 'Delete' }).isDisabled());
    await dialog.getByLabel(/^Type/).fill(name);
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await dialog.getByText(`channel_rest/${channel} refers to security/${name}`).waitFor();
    await picture(page, 'object delete refused');
    await dialog.getByRole('link', { name: `channel_rest/${channel}` }).click();
    await page.getByRole('heading', { name: channel, level: 1 }).waitFor();

    await page.getByRole('button', { name: 'Copy' }).click();
    await page
      .getByRole('heading', { name: `Copy of channel_rest/${channel}`, level: 1 })
      .waitFor();
    await field(page, 'name').fill(`${channel}-2`);
    await field(page, 'url_path').fill(`/${channel}-2`);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('heading', { name: `${channel}-2`, level: 1 }).waitFor();
    assert.equal((await fieldsOf('channel_rest', `${channel}-2`)).security, name);

    for (const each of [`${channel}-2`, channel]) {
      await open(page, `/objects/channel_rest/${each}`);
      await page.getByRole('button', { name: 'Delete' }).click();
      const asked = page.getByRole('dialog');
      await asked.getByLabel(/^Type/).fill(each);
      await page.keyboard.press('Enter');
      await page.waitForURL(address('/objects?kind=channel_rest'));
      assert.equal((await api('GET', `objects/channel_rest/${each}`)).status, 404);
    }
  }),
);

test(
  'an object of a file is shown with its file, and can be detached from it',
  story({}, async (page) => {
    const name = unique('filed');
    await save(
      `serai-${name}.yaml`,
      `security:\n  - {name: ${name}, type: basic_auth, username: ada, password: hush}\n`,
    );
    await until('the file is in effect', async () => {
      return (await api('GET', `objects/security/${name}`)).status === 200;
    });
    await logIn(page, `/objects/security/${name}`);
    await page.getByText(`serai-${name}.yaml`).first().waitFor();
    assert.equal(await page.getByRole('button', { name: 'Edit' }).count(), 0);
    await page.getByRole('button', { name: 'Detach it from the file' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Detach' }).click();
    await page.getByRole('button', { name: 'Edit' }).waitFor();
    assert.equal((await api('GET', `objects/security/${name}`)).json.origin, 'store');
    assert.equal((await api('GET', `objects/security/${name}`)).json.state, 'open');
  }),
);

test(
  'who only looks is offered nothing, and refused if it is asked for anyway',
  story({}, async (page) => {
    const name = unique('looked');
    await put('security', name, { type: 'basic_auth', username: 'ada', password: 'hush' });
    await logIn(
      page,
      `/objects/security/${name}?part=edit`,
      await user(unique('viewer'), 'viewer'),
    );
    await page.getByRole('tab', { name: 'Fields' }).waitFor();
    for (const each of ['Edit', 'Delete', 'Copy', 'Disable', 'Save']) {
      assert.equal(await page.getByRole('button', { name: each, exact: true }).count(), 0, each);
    }
    for (const each of ['Users', 'Audit', 'Secrets']) {
      assert.equal(await page.getByRole('link', { name: each, exact: true }).count(), 0, each);
    }
    await open(page, '/objects/new/security');
    await field(page, 'name').fill(unique('no'));
    await field(page, 'type').selectOption('basic_auth');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText(/Forbidden/).waitFor();
  }),
);
