import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, open, story, until } from '../browser.mjs';
import { address, api, deploy, greeter, unique } from '../server.mjs';

async function said(service, name) {
  await api('POST', `services/${service}/invoke`, JSON.stringify({ name }));
}

test(
  'lines come as they are written, also those from before, and markup in them is text',
  story({}, async (page) => {
    const service = unique('stories.logged');
    await deploy(unique('Logged'), greeter(service, 'Hi'));
    await said(service, 'before');
    await logIn(page, `/logs?service=${service}`);
    await page.getByText('greeting before').waitFor();
    await page.getByText('live', { exact: true }).waitFor();

    await said(service, '<script>alert(1)</script>');
    await page.getByText('greeting <script>alert(1)</script>').waitFor();
    assert.equal(await page.getByRole('list', { name: 'Log' }).getByRole('listitem').count(), 2);
  }),
);

test(
  'a pause holds the lines back, and nothing is missing after it',
  story({}, async (page) => {
    const service = unique('stories.paused');
    await deploy(unique('Paused'), greeter(service, 'Hi'));
    await logIn(page, `/logs?service=${service}`);
    await page.getByText('live', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('paused', { exact: true }).waitFor();
    assert.equal(page.url(), address(`/logs?service=${service}&paused=1`));

    await said(service, 'meanwhile');
    await until(
      'the server has the line',
      async () => (await api('GET', `logs?service=${service}`)).json.total === 1,
    );
    assert.equal(await page.getByText('greeting meanwhile').count(), 0);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText('greeting meanwhile').waitFor();
    await said(service, 'after');
    await page.getByText('greeting after').waitFor();
  }),
);

test(
  'a line leads to all lines of its call, and filters are in the address',
  story({}, async (page) => {
    const service = unique('stories.filtered');
    await deploy(unique('Filtered'), greeter(service, 'Hi'));
    await said(service, 'one');
    await said(service, 'two');
    await logIn(page, '/logs');
    await page.getByLabel('Service').fill(service);
    await page.getByText('greeting two').waitFor();
    await page.waitForURL(address(`/logs?service=${service}`));

    const line = page.getByRole('listitem').filter({ hasText: 'greeting two' });
    await line.getByTitle('Only lines with this cid').click();
    await page.getByText('greeting one').waitFor({ state: 'detached' });
    await page.getByText('greeting two').waitFor();

    await open(page, `/logs?service=${service}&level=WARN`);
    await page.getByText('No line matches yet.').waitFor();
    await open(page, `/logs?service=${service}&text=ONE`);
    await page.getByText('greeting one').waitFor();
    assert.equal(await page.getByText('greeting two').count(), 0);
  }),
);
