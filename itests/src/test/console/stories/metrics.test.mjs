import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAccessible, logIn, open, picture, story, until } from '../browser.mjs';
import { address, api, deploy, greeter, unique } from '../server.mjs';

const call = (service, input) =>
  api('POST', `services/${service}/invoke`, JSON.stringify({ name: input }));

test(
  'calls are in the row of the service, with the last failure and a way to its lines',
  story({}, async (page) => {
    const service = unique('stories.rated');
    const source = greeter(service, 'Hi').replace(
      'context.log()',
      'if (request.name().isEmpty()) throw new org.caravanserai.api.ServiceException(422, "<b>no name</b>");\n    context.log()',
    );
    assert.equal((await deploy(unique('Rated'), source)).status, 201);
    await call(service, 'Ada');
    const { status } = await call(service, '');
    assert.equal(status, 422);
    await logIn(page, `/services?q=${service}&sort=-callsPerSecond`);

    const row = page.getByRole('row').filter({ hasText: service });
    await row.getByText('422: <b>no name</b>').waitFor();
    const cell = (name) => row.locator(`td[data-label="${name}"]`).innerText();
    await until('a rate is told', async () => !(await cell('Rate')).startsWith('0.00'));
    assert.match(await cell('p95'), /\d (µs|ms|s)$/);
    await picture(page, 'services rated');
    await row.locator('td[data-label="Last failure"] a').click();
    await page.waitForURL(/\/logs\?cid=/);
  }),
);

test(
  'a service has its numbers over time, and the time shown is in the address',
  story({}, async (page) => {
    const service = unique('stories.charted');
    await deploy(unique('Charted'), greeter(service, 'Hi'));
    await logIn(page, `/services/${service}?part=numbers`);
    await page.getByText('There are no numbers', { exact: false }).waitFor();
    await call(service, 'Ada');

    const calls = page.getByRole('region', { name: 'Calls', exact: true });
    await calls.getByRole('button', { name: 'As a table' }).click();
    const greatest = () => calls.getByRole('row').nth(1).getByRole('cell').last().innerText();
    await until('the call is charted', async () => !(await greatest()).startsWith('0.00'));
    await calls.locator('canvas').waitFor();
    await picture(page, 'service numbers');

    await page.getByLabel('Time shown').selectOption('300');
    await page.waitForURL(address(`/services/${service}?part=numbers&seconds=300`));
    await calls.locator('canvas').waitFor();
  }),
);

test(
  'the page of metrics has charts that follow light and dark, and the overview leads to it',
  story({ colorScheme: 'dark' }, async (page) => {
    await logIn(page);
    const lately = page.getByRole('list', { name: 'Lately' });
    await lately.getByText(/\d MB/).waitFor();
    await lately.getByRole('link', { name: 'Heap' }).click();
    await page.waitForURL(address('/charts'));
    const heap = page.getByRole('region', { name: 'Heap' });
    await heap.locator('canvas').waitFor();
    await heap.getByRole('button', { name: 'As a table' }).click();
    await heap.getByRole('rowheader', { name: 'used' }).waitFor();
    await isAccessible(page);
    await open(page, '/charts?seconds=3600');
    await heap.locator('canvas').waitFor();
    assert.equal(await page.getByLabel('Time shown').inputValue(), '3600');
  }),
);

test(
  'who leads to a service is on its page: objects, and who has called it',
  story({}, async (page) => {
    const service = unique('stories.called');
    const caller = unique('stories.caller');
    const channel = unique('called');
    await deploy(unique('Called'), greeter(service, 'Hi'));
    const outer = greeter(caller, 'Hi').replace(
      'return new Response(',
      `context.invoke("${service}", request, Response.class);\n    return new Response(`,
    );
    await deploy(unique('Caller'), outer);
    const made = await api(
      'PUT',
      `objects/channel_rest/${channel}`,
      JSON.stringify({ service, url_path: `/${channel}` }),
    );
    assert.equal(made.status, 201, made.text);
    await call(caller, 'Ada');
    await logIn(page, `/services/${service}?part=callers`);

    const lately = page.getByRole('list', { name: 'Callers lately' });
    await lately.getByRole('link', { name: caller }).waitFor();
    await picture(page, 'service callers');
    await page
      .getByRole('list', { name: 'Objects that name it' })
      .getByRole('link', { name: `channel_rest/${channel}` })
      .click();
    await page.waitForURL(address(`/objects/channel_rest/${channel}`));
  }),
);
