import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAccessible, logIn, open, picture, story, until } from '../browser.mjs';
import { address, api, deploy, greeter, unique, user } from '../server.mjs';

const MARKUP = '<img src=x onerror=alert(1)>';

function orders(name, service) {
  return `
- route:
    id: main
    description: Takes orders ${MARKUP}
    from:
      uri: service:${name}
      steps:
        - choice:
            id: size
            when:
              - id: large
                simple: "\${body} contains 'large'"
                steps:
                  - multicast:
                      id: both
                      steps:
                        - to: { id: shipping, uri: "direct:ship" }
                        - to: { id: copy, uri: "mock:copy" }
            otherwise:
              id: small
              steps:
                - to: { id: greeted, uri: "service:${service}" }
        - setHeader: { id: marked, name: X-Mark, constant: "${MARKUP}" }
        - setBody: { id: answered, simple: "done with \${body}" }
- route:
    id: ship
    from:
      uri: direct:ship
      steps:
        - choice:
            id: check
            when:
              - id: broken
                simple: "\${body} contains 'broken'"
                steps:
                  - throwException:
                      id: thrown
                      exceptionType: java.lang.IllegalStateException
                      message: no ship
`;
}

const source = (name) => `/routes/${name}%23main`;
const invoke = (name, body) => api('POST', `services/${name}/invoke`, body, 'text/plain');

async function made(prefix) {
  const name = unique(prefix);
  const service = unique('stories.routed');
  await deploy(unique('Routed'), greeter(service, 'Hello'));
  const answer = await deploy(name, orders(name, service));
  assert.equal(answer.status, 201, answer.text);
  return { name, service };
}

test(
  'a route is found in the list, and its diagram counts what goes which way',
  story({}, async (page) => {
    const { name, service } = await made('stories-flow');
    assert.equal((await invoke(name, 'large one')).text, 'done with large one');
    assert.equal((await invoke(name, 'large two')).status, 200);
    await logIn(page, '/routes');

    await page.getByLabel('Search routes').fill(name);
    await page.waitForURL((url) => url.searchParams.get('q') === name);
    await page.getByRole('link', { name: `${name}#main` }).click();
    await page.waitForURL(address(source(name)));
    await page.getByRole('button', { name: 'choice, 2 messages, 0 failed' }).waitFor();
    const node = (text) => page.getByRole('button', { name: text });
    await node(/^when .* contains 'large', 2 messages/).waitFor();
    await node('to direct:ship, 2 messages').waitFor();
    await node('to mock:copy, 2 messages').waitFor();
    await node(`to service:${service}, 0 messages`).waitFor();
    // Copies go beside each other, not one after the other.
    const box = async (text) => (await node(text).boundingBox()).y;
    assert.equal(await box('to direct:ship'), await box('to mock:copy'));
    assert.equal(await page.locator('img').count(), 0);
    await picture(page, 'route');

    // A call is seen without anybody asking for it.
    await invoke(name, 'large three');
    await node('choice, 3 messages').waitFor();

    await node('to direct:ship').click();
    await page.getByRole('region', { name: 'The chosen processor' }).waitFor();
    await until('the choice is in the address', () => page.url().endsWith('?node=shipping'));
    const line = page.getByRole('link', { name: /^line \d+$/ });
    assert.match(
      await line.getAttribute('href'),
      new RegExp(`^/ide\\?deployment=${name}&line=\\d+$`),
    );
    await picture(page, 'route with a processor');
    await page.getByRole('link', { name: `${name}#ship` }).click();
    await page.waitForURL(address(`/routes/${name}%23ship`));
    await page.getByRole('heading', { name: `${name}#ship`, level: 1 }).waitFor();
  }),
);

test(
  'the diagram is used by the keyboard, and is a table too',
  story({}, async (page) => {
    const { name, service } = await made('stories-keys');
    await logIn(page, source(name));

    const first = page.getByRole('button', { name: `from service:${name}` });
    await first.focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'The chosen processor' }).getByText('size').waitFor();

    await page.getByRole('tab', { name: 'Processors' }).click();
    const table = page.getByRole('grid', { name: 'Processors' });
    await table.getByRole('link', { name: `service:${service}` }).click();
    await page.waitForURL(address(`/services/${service}`));
  }),
);

test(
  'an operator stops a route, callers are turned away, and starts it again',
  story({}, async (page) => {
    const { name } = await made('stories-stop');
    const operator = await user(unique('operator'), 'operator');
    await logIn(page, source(name), operator);

    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: `Stop ${name}#main?` });
    await dialog.getByText('Who calls it meanwhile gets the status 503.').waitFor();
    await picture(page, 'stop a route');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    assert.equal((await invoke(name, 'large')).status, 200);
    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    await dialog.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('stopped', { exact: true }).waitFor();
    assert.equal((await invoke(name, 'large')).status, 503);

    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByText('started', { exact: true }).waitFor();
    assert.equal((await invoke(name, 'large')).status, 200);
  }),
);

test(
  'a message is traced processor by processor, with what it held and where it failed',
  story({}, async (page) => {
    const { name } = await made('stories-trace');
    const operator = await user(unique('operator'), 'operator');
    await logIn(page, `${source(name)}?part=trace`, operator);

    await page.getByLabel('How many messages').selectOption('10');
    await page.getByRole('button', { name: 'Trace', exact: true }).click();
    await page.getByText('Waiting for messages: 0 of 10 so far').waitFor();
    await invoke(name, 'large one');
    await invoke(name, 'large and broken');
    await page.getByText('Waiting for messages: 2 of 10 so far').waitFor();

    await page.getByRole('button', { name: 'Message 1' }).click();
    const steps = page.getByRole('list', { name: 'Processors that it entered' });
    await steps.getByRole('button', { name: /^choice size/ }).waitFor();
    await steps.getByRole('button', { name: `choice check of ${name}#ship` }).waitFor();
    await steps.getByRole('button', { name: /^setBody answered/ }).click();
    const held = page.getByRole('region', { name: 'When it entered answered' });
    await held.getByText('large one').waitFor();
    await held.getByText('X-Mark (new)').waitFor();
    await held.getByText(MARKUP).waitFor();
    await steps.getByRole('button', { name: 'What came out' }).click();
    await page
      .getByRole('region', { name: 'What came out' })
      .getByText('done with large one')
      .waitFor();
    await picture(page, 'trace');
    await isAccessible(page);
    assert.equal(await page.locator('img').count(), 0);

    await page.getByRole('button', { name: 'Message 2' }).click();
    await steps.getByRole('button', { name: /^throwException thrown .*failed/ }).click();
    await page.getByText('It failed here').waitFor();
    await page.getByText('java.lang.IllegalStateException: no ship').first().waitFor();
    await picture(page, 'trace of a failure');
    await until('step and message are in the address', () => /message=2&step=\d+/.test(page.url()));

    await page.getByRole('button', { name: 'End and forget' }).click();
    await page.getByRole('button', { name: 'Trace', exact: true }).waitFor();
    assert.equal((await api('GET', `routes/${name}%23main/trace`)).json.status, 'none');
  }),
);

test(
  'a viewer sees diagrams, and neither traces nor the means to stop a route',
  story({}, async (page) => {
    const { name } = await made('stories-view');
    const viewer = await user(unique('viewer'), 'viewer');
    await logIn(page, `${source(name)}?part=trace`, viewer);
    await page.getByRole('button', { name: 'choice, 0 messages' }).waitFor();
    assert.equal(await page.getByRole('tab', { name: 'Trace' }).count(), 0);
    assert.equal(await page.getByRole('button', { name: 'Stop' }).count(), 0);
  }),
);

test(
  'a channel is a route, whose diagram leads to its service',
  story({}, async (page) => {
    const service = unique('stories.channelled');
    const channel = unique('channelled');
    await deploy(unique('Channelled'), greeter(service, 'Hello'));
    await api(
      'PUT',
      `objects/channel_rest/${channel}`,
      JSON.stringify({ service, url_path: `/${channel}` }),
    );
    await logIn(page, `/routes/channel_rest/${channel}`);
    await page.getByRole('button', { name: `to service:${service}, 0 messages` }).click();
    await page.getByRole('link', { name: service }).click();
    await page.waitForURL(address(`/services/${service}`));
    await open(page, `/routes?q=${channel}`);
    await page
      .getByRole('link', { name: `channel_rest/${channel}`, exact: true })
      .first()
      .waitFor();
  }),
);
