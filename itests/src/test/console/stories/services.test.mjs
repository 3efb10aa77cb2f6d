import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, open, picture, story, until } from '../browser.mjs';
import { address, api, deploy, greeter, unique, user } from '../server.mjs';

const MARKUP = '<img src=x onerror=alert(1)>';

test(
  'a service is found by Ctrl+K, invoked with the example of its schema, and the log of that call is there',
  story({}, async (page) => {
    const service = unique('stories.greet');
    await deploy(unique('Greet'), greeter(service, 'Hello'));
    await logIn(page, '/logs');

    await page.keyboard.press('Control+k');
    await page.getByLabel('Part of a name').fill(service.toUpperCase());
    await page.getByRole('menuitem', { name: service }).waitFor();
    await picture(page, 'find');
    await page.keyboard.press('Enter');
    await page.waitForURL(address(`/services/${service}`));

    // The summary is Markdown, made from what the Javadoc says.
    await page.locator('strong').getByText('one', { exact: true }).waitFor();
    const input = page.getByLabel('Input');
    assert.deepEqual(JSON.parse(await input.inputValue()), { name: 'text' });
    await input.fill(JSON.stringify({ name: MARKUP }));
    await page.getByRole('button', { name: 'Invoke' }).click();

    await page.getByText('200 OK').waitFor();
    await page.getByText(`"Hello, ${MARKUP}"`).waitFor();
    const log = page.getByRole('list', { name: 'Log of this call' });
    await log.getByText(`greeting ${MARKUP}`).waitFor();
    assert.equal(await log.getByRole('listitem').count(), 1);
    await page.getByRole('button', { name: /Headers/ }).click();
    await page.getByText('x-serai-cid').waitFor();
    assert.equal(await page.locator('img').count(), 0);
    await picture(page, 'invoked');
    assert.equal((await api('GET', `services/${service}`)).json.calls, 1);
  }),
);

test(
  'an input that does not fit is refused with the place in it',
  story({}, async (page) => {
    const service = unique('stories.strict');
    await deploy(unique('Strict'), greeter(service, 'Hello'));
    await logIn(page, `/services/${service}`);

    await page.getByLabel('Input').fill('{"name"');
    await page.getByText('Not JSON', { exact: false }).waitFor();
    await page.getByLabel('Input').fill('{}');
    await page.getByRole('button', { name: 'Invoke' }).click();

    await page.getByText(/^400/).waitFor();
    await page.locator('code').getByText('/name: missing').waitFor();
  }),
);

test(
  'a roll-back needs a confirmation, and callers have the old answer then',
  story({}, async (page) => {
    const service = unique('stories.rolled');
    const name = unique('Rolled');
    await deploy(name, greeter(service, 'One'));
    await deploy(name, greeter(service, 'Two'));
    const called = async () =>
      (await api('POST', `services/${service}/invoke`, '{"name":"Ada"}')).json.greeting;
    const operator = await user(unique('operator'), 'operator');
    await logIn(page, `/services/${service}?part=revisions`, operator);

    await page.getByRole('button', { name: 'Roll back to 1' }).click();
    const dialog = page.getByRole('dialog', { name: `Roll ${name} back to revision 1?` });
    await dialog.waitFor();
    await picture(page, 'roll back');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await called(), 'Two, Ada');

    await page.getByRole('button', { name: 'Roll back to 1' }).click();
    await dialog.getByRole('button', { name: 'Roll back' }).click();
    await page.getByText('as revision 3', { exact: false }).waitFor();
    assert.equal(await called(), 'One, Ada');
    await page.getByRole('gridcell', { name: '3', exact: true }).waitFor();
  }),
);

test(
  'the list is searched, sorted and paged by the server, and an address is a view of it',
  story({}, async (page) => {
    const prefix = unique('stories.many');
    for (const each of ['a', 'b', 'c']) {
      await deploy(unique('Many'), greeter(`${prefix}.${each}`, 'Hi'));
    }
    await api('POST', `services/${prefix}.b/invoke`, '{"name":"Ada"}');
    await logIn(page, '/services');
    const names = () =>
      page
        .getByRole('link', { name: new RegExp(`^${prefix.replaceAll('.', '\\.')}`) })
        .allInnerTexts();
    const shown = (...wanted) =>
      until(
        `${wanted.join()} shown`,
        async () => (await names()).join() === wanted.map((each) => `${prefix}.${each}`).join(),
      );

    await page.getByLabel('Search services').fill(prefix);
    await shown('a', 'b', 'c');
    // At once, while the search still waits for the end of the typing: neither may undo the other.
    await page.getByRole('button', { name: 'Calls' }).click();
    await page.locator('th[aria-sort=ascending]').filter({ hasText: 'Calls' }).waitFor();
    await page.getByRole('button', { name: 'Calls' }).click();
    await page.locator('th[aria-sort=descending]').filter({ hasText: 'Calls' }).waitFor();
    await until('b is first', async () => (await names())[0] === `${prefix}.b`);
    await until('both are in the address', () => {
      const { searchParams } = new URL(page.url());
      return searchParams.get('q') === prefix && searchParams.get('sort') === '-calls';
    });

    await open(page, `/services?q=${prefix}&sort=-name&limit=20`);
    await shown('c', 'b', 'a');
    await page.getByRole('link', { name: `${prefix}.b` }).click();
    await page.getByRole('heading', { name: `${prefix}.b`, level: 1 }).waitFor();
    await page.goBack();
    await shown('c', 'b', 'a');
  }),
);

test(
  'a new revision is seen without anybody asking for it',
  story({}, async (page) => {
    const service = unique('stories.fresh');
    const name = unique('Fresh');
    await deploy(name, greeter(service, 'One'));
    await logIn(page, `/services/${service}`);
    await page.getByText('revision 1', { exact: true }).waitFor();
    await deploy(name, greeter(service, 'Two'));
    await page.getByText('revision 2', { exact: true }).waitFor();
  }),
);

test(
  'a search that is refused leaves the rows that were there, and says why',
  story({}, async (page) => {
    const service = unique('stories.kept');
    await deploy(unique('Kept'), greeter(service, 'Hi'));
    await page.route(/services\?.*q=refused/, (route) =>
      route.fulfill({
        status: 400,
        contentType: 'application/problem+json',
        body: '{"title":"Bad Request","status":400,"detail":"not today"}',
      }),
    );
    await logIn(page, `/services?q=${service}`);
    await page.getByRole('link', { name: service }).waitFor();
    await page.getByLabel('Search services').fill('refused');
    await page.getByText('not today', { exact: true }).waitFor();
    await page.getByRole('link', { name: service }).waitFor();
  }),
);
