import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, open, picture, story, until } from '../browser.mjs';
import { address, api, configure, unique, user } from '../server.mjs';

const MARKUP = '<img src=x onerror=alert(1)>';

/** A cache that is configured. */
async function cache() {
  const name = unique('stories.cache');
  await configure(`
cache:
  - {name: ${name}, max_size: 100}
`);
  await until(
    'the cache is there',
    async () => (await api('GET', `caches/${name}`)).status === 200,
  );
  return name;
}

const entry = (name, key) => api('GET', `caches/${name}/entry?key=${encodeURIComponent(key)}`);

test(
  'a value is put, found by its key and by its text, changed and deleted',
  story({}, async (page) => {
    const name = await cache();
    const key = 'price of/tea & more';
    await logIn(page, '/caches');
    await page.getByLabel('Search caches').fill(name);
    await page.getByRole('link', { name }).click();
    await page.waitForURL(address(`/caches/${name}`));

    await page.getByRole('button', { name: 'Put a value' }).click();
    let dialog = page.getByRole('dialog', { name: `Put a value into ${name}` });
    await dialog.getByLabel('Key').fill(key);
    await dialog.getByLabel('Value, in JSON').fill('{"cents":');
    await dialog.getByText('Not JSON', { exact: false }).waitFor();
    await dialog.getByLabel('Value, in JSON').fill(`{"cents":9007199254740993,"note":"${MARKUP}"}`);
    await dialog.getByLabel('Kept for so many seconds').fill('3600');
    await dialog.getByRole('button', { name: 'Put' }).click();
    await page.getByText('1 of 100').waitFor();
    assert.match((await entry(name, key)).text, /9007199254740993/);

    await page.getByLabel('Search keys and values').fill('ONERROR');
    await page.getByRole('link', { name: key }).click();
    const value = page.getByRole('region', { name: 'Value' });
    await value.getByText('9007199254740993').waitFor();
    await value.getByText(MARKUP).waitFor();
    await page.getByText('1 h 0 min').waitFor();
    assert.equal(await page.locator('img').count(), 0);
    await picture(page, 'cache entry');

    await page.getByRole('button', { name: 'Edit' }).click();
    dialog = page.getByRole('dialog', { name: `Change ${key}` });
    assert.match(await dialog.getByLabel('Value, in JSON').inputValue(), /9007199254740993/);
    await dialog.getByLabel('Value, in JSON').fill('"sold out"');
    await dialog.getByRole('button', { name: 'Put' }).click();
    await value.getByText('sold out').waitFor();
    const { version, value: kept } = (await entry(name, key)).json;
    assert.deepEqual([version, kept], [2, 'sold out']);

    await page.getByRole('button', { name: 'Delete' }).click();
    await page
      .getByRole('dialog', { name: `Delete ${key}?` })
      .getByRole('button', { name: 'Delete' })
      .click();
    await page.waitForURL(address(`/caches/${name}`));
    await page.getByText('Nothing is kept now.').waitFor();
    assert.equal((await entry(name, key)).status, 404);
  }),
);

test(
  'a cache is cleared by typing its name; a viewer sees its figures only',
  story({}, async (page) => {
    const name = await cache();
    for (const key of ['a', 'b', 'c']) {
      await api('PUT', `caches/${name}/entry?key=${key}`, '"for operators"');
    }
    const viewer = await user(unique('viewer'), 'viewer');
    await logIn(page, `/caches/${name}`, viewer);
    await page.getByText('Values are data', { exact: false }).waitFor();
    await page.getByText('3 of 100').waitFor();
    assert.equal(await page.getByText('for operators').count(), 0);
    assert.equal(await page.getByRole('button', { name: 'Clear' }).count(), 0);

    await page.context().clearCookies();
    await logIn(page, `/caches/${name}`);
    await page.getByRole('link', { name: 'b', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Clear' }).click();
    const dialog = page.getByRole('dialog', { name: `Delete all values of ${name}?` });
    await dialog.getByLabel(`Type ${name} to go on`).fill('default');
    assert.equal(await dialog.getByRole('button', { name: 'Delete them' }).isDisabled(), true);
    await dialog.getByLabel(`Type ${name} to go on`).fill(name);
    await page.keyboard.press('Enter');
    await page.getByText(`3 values deleted from ${name}.`).waitFor();
    await page.getByText('0 of 100').waitFor();
    await open(page, `/caches/${name}?key=b`);
    await page.getByText('404', { exact: false }).waitFor();
  }),
);
