import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { isAccessible, logIn, open, picture, story, until } from '../browser.mjs';
import { address, ADMIN, api, deploy, greeter, restart, unique, user } from '../server.mjs';

const LARGEST_FIRST_PAGE = 200_000;

test(
  'a wrong password is refused in words, the right one leads to the page of the address',
  story({}, async (page) => {
    await open(page, '/services?sort=-calls');
    await page.getByLabel('User name').fill(ADMIN.name);
    await page.getByLabel('Password').fill('not the password');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.getByRole('alert').waitFor();
    assert.notEqual(await page.getByRole('alert').textContent(), '');

    await page.getByLabel('Password').fill(ADMIN.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Services', level: 1 }).waitFor();
    assert.equal(page.url(), address('/services?sort=-calls'));
  }),
);

test(
  'a log-out ends the session at the server too',
  story({}, async (page, context) => {
    await logIn(page);
    assert.ok(
      (await context.cookies()).every(
        ({ httpOnly, sameSite }) => httpOnly && sameSite === 'Strict',
      ),
    );
    const before = await context.cookies();
    await page.getByRole('button', { name: `${ADMIN.name} (` }).click();
    await page.getByRole('menuitem', { name: 'Log out' }).click();
    await page.getByLabel('User name').waitFor();

    await context.clearCookies();
    await context.addCookies(before);
    await page.reload();
    await page.getByLabel('User name').waitFor();
  }),
);

test(
  'a session that has ended asks for the password above the page',
  story({}, async (page, context) => {
    await logIn(page, '/services');
    await context.clearCookies();
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.waitFor();
    await isAccessible(page);
    await picture(page, 'session ended');

    await dialog.getByLabel('Password').fill(ADMIN.password);
    await dialog.getByRole('button', { name: 'Log in' }).click();
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(page.url(), address('/services'));
  }),
);

test(
  'the first page is small',
  story({}, async (page) => {
    const sizes = [];
    page.on('response', (response) => {
      if (response.url().endsWith('.js')) {
        sizes.push(response.body().then((body) => gzipSync(body).length));
      }
    });
    await logIn(page);
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    const size = (await Promise.all(sizes)).reduce((sum, each) => sum + each, 0);
    assert.ok(size < LARGEST_FIRST_PAGE, `${size} bytes of JavaScript`);
  }),
);

test(
  'the theme that was chosen is kept, and that of the system is followed',
  story({ colorScheme: 'light' }, async (page) => {
    const isDark = () =>
      page.evaluate(() => document.documentElement.classList.contains('pf-v6-theme-dark'));
    await logIn(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await until('dark with the system', isDark);

    await page.getByRole('button', { name: `${ADMIN.name} (` }).click();
    await page.getByRole('menuitem', { name: 'Light' }).click();
    await until('light as chosen', async () => !(await isDark()));
    await page.reload();
    await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
    assert.equal(await isDark(), false);
  }),
);

test(
  'a page without JavaScript says whether the server is ready',
  story({ javaScriptEnabled: false }, async (page) => {
    await open(page, '/');
    assert.match(await page.locator('body').innerText(), /ready/);
  }),
);

test(
  'a viewer sees no way to change anything, and the server refuses it as well',
  story({}, async (page) => {
    const service = unique('looked.at');
    await deploy(service.replaceAll('.', '-'), greeter(service, 'Hi'));
    const viewer = await user(unique('viewer'), 'viewer');
    await logIn(page, `/services/${service}?part=revisions`, viewer);
    await page.getByRole('tab', { name: 'Revisions' }).waitFor();
    await page.getByText('since', { exact: false }).first().waitFor();
    assert.equal(await page.getByRole('tab', { name: 'Invoke' }).count(), 0);
    assert.equal(await page.getByRole('button', { name: 'Roll back' }).count(), 0);

    const status = await page.evaluate(async (path) => {
      const session = await (await fetch('/api/v1/session')).json();
      const answer = await fetch(path, {
        method: 'POST',
        headers: { 'X-CSRF-Token': session.csrfToken, 'Content-Type': 'application/json' },
        body: '{"name":"Ada"}',
      });
      return answer.status;
    }, `/api/v1/services/${service}/invoke`);
    assert.equal(status, 403);
  }),
);

test(
  'a page outlives a restart of the server',
  story({}, async (page) => {
    const service = unique('restarted');
    await deploy(service, greeter(service, 'Hi'));
    await logIn(page, `/services/${service}`);
    await page.getByLabel('Input').fill('{"name": "kept"}');

    const restarted = restart();
    await page.getByText('The server does not answer').waitFor();
    await isAccessible(page);
    await picture(page, 'server away');
    await restarted;
    await page.getByText('The server does not answer').waitFor({ state: 'hidden' });

    // Sessions are in memory: the page asks for the password, and is where it was.
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.getByLabel('Password').fill(ADMIN.password);
    await dialog.getByRole('button', { name: 'Log in' }).click();
    await dialog.waitFor({ state: 'hidden' });
    assert.equal(await page.getByLabel('Input').inputValue(), '{"name": "kept"}');
    await page.getByRole('button', { name: 'Invoke' }).click();
    await page.getByText('"Hi, kept"').waitFor();
    assert.equal((await api('GET', `services/${service}`)).status, 200);
  }),
);
