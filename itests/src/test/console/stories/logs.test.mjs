import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAccessible, logIn, open, picture, story, until } from '../browser.mjs';
import { address, api, deploy, greeter, unique, user } from '../server.mjs';

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
    await page.waitForURL(address(`/logs?service=${service}`));
    await page.getByText('greeting two').waitFor();

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

test(
  'a level that is set for a while shows finer lines until it is ended, and everybody sees who set it',
  story({}, async (page) => {
    const service = unique('stories.level');
    await deploy(unique('Level'), greeter(service, 'Hi').replace('.info(', '.debug('));
    await said(service, 'unheard');
    await logIn(page, `/logs?service=${service}`);
    await page.getByText('live', { exact: true }).waitFor();

    await page.getByRole('button', { name: 'Set a level' }).click();
    const dialog = page.getByRole('dialog', { name: 'Set a level for a while' });
    assert.equal(await dialog.getByLabel('Logger').inputValue(), service);
    assert.equal(await dialog.getByLabel('For').inputValue(), 'PT10M');
    await isAccessible(page);
    await picture(page, 'set a level');
    await dialog.getByRole('button', { name: 'Set', exact: true }).click();
    await page.getByText(`${service} at DEBUG until`, { exact: false }).waitFor();
    await said(service, 'heard');
    await page.getByText('greeting heard').waitFor();
    assert.equal(await page.getByText('greeting unheard').count(), 0);
    await isAccessible(page);
    await picture(page, 'level for a while');

    await page.getByRole('button', { name: `End ${service} at DEBUG` }).click();
    await page.getByText(`${service} at DEBUG until`).waitFor({ state: 'detached' });
    assert.equal((await api('GET', `loggers/${service}`)).json.level, 'INFO');
  }),
);

test(
  'who is no administrator sees the levels, and cannot set them',
  story({}, async (page) => {
    const logger = unique('stories.seen');
    await api('PUT', `loggers/${logger}`, JSON.stringify({ level: 'TRACE', for: 'PT5M' }));
    await logIn(page, '/logs', await user(unique('viewer'), 'viewer'));

    await page.getByText(`${logger} at TRACE until`, { exact: false }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Set a level' }).count(), 0);
    await api('DELETE', `loggers/${logger}`);
    await page.getByText(`${logger} at TRACE until`).waitFor({ state: 'detached' });
  }),
);

test(
  'a page has one stream of events',
  story({}, async (page) => {
    const streams = new Set();
    page.on('request', (request) => {
      if (request.url().includes('/api/v1/events')) streams.add(request);
    });
    page.on('requestfinished', (request) => streams.delete(request));
    page.on('requestfailed', (request) => streams.delete(request));
    await logIn(page, '/logs');
    await page.getByText('live', { exact: true }).waitFor();
    await until('one stream is left', () => streams.size === 1);
    assert.match([...streams][0].url(), /types=deployment,health,log/);
  }),
);
