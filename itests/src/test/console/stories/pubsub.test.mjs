import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { logIn, open, picture, story, until } from '../browser.mjs';
import { address, api, configure, deploy, unique, user } from '../server.mjs';

const MARKUP = '<img src=x onerror=alert(1)>';

/** A topic with a subscription of a definition; answers its queue. */
async function subscribed(topic, { maxDepth = 1000, push = '' } = {}) {
  const definition = unique('crm');
  await configure(`
security:
  - {name: ${definition}, type: basic_auth, username: ${definition}, password: secret-1-xx}
pubsub_topic:
  - {name: ${topic}, max_depth: ${maxDepth}}
pubsub_permission:
  - {security: ${definition}, pub: [${topic}], sub: [${topic}]}
pubsub_subscription:
  - {security: ${definition}, topic_list: [${topic}]${push}}
`);
  return { queue: `${definition}/${topic}`, definition };
}

async function publish(topic, message) {
  const answer = await api('POST', `pubsub/publish?topic=${topic}`, JSON.stringify(message));
  assert.equal(answer.status, 201, answer.text);
  return answer.json.msgId;
}

const queueOf = async (name) => (await api('GET', `pubsub/queues?name=${name}`)).json.items[0];
const depthOf = async (name) => (await queueOf(name))?.depth ?? 0;

/** A service that fails for all that holds the word bad. */
function store(service) {
  return `
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceName;

@ServiceName("${service}")
public class Store implements Service<String, String> {
  @Override
  public String handle(String input, Context context) {
    context.log().info("storing {}", input);
    if (input.contains("bad")) {
      throw new IllegalStateException("no shelf for " + input);
    }
    return "stored";
  }
}
`;
}

/** A topic whose messages are pushed to a service that stores, or fails at the first attempt. */
async function pushed() {
  const service = unique('stories.store');
  const topic = unique('stories.pushed');
  await deploy(unique('Store'), store(service));
  const { queue } = await subscribed(topic, {
    push: `, delivery_type: push, push_type: service, push_service: ${service}, max_attempts: 1`,
  });
  return { service, topic, queue, dead: `serai.dead/${queue}` };
}

test(
  'a message that is published in the page reaches its subscriber, with its data as it was written',
  story({}, async (page) => {
    const topic = unique('stories.orders');
    const { queue, definition } = await subscribed(topic);
    await logIn(page, '/');
    await page.keyboard.press('Control+k');
    await page.getByLabel('Part of a name').fill(topic);
    await page.getByRole('menuitem', { name: topic, exact: true }).click();
    await page.waitForURL(address(`/pubsub/topics/${topic}`));

    await page.getByRole('button', { name: 'Publish' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish a message' });
    await dialog.getByLabel('Data').fill('{"id": 12345678901234567890,');
    await dialog.getByText('Not JSON').waitFor();
    await dialog.getByLabel('Data').fill(`{"id": 12345678901234567890, "note": "${MARKUP}"}`);
    await dialog.getByRole('button', { name: 'More' }).click();
    await dialog.getByLabel('Properties').fill('{"shop": "north"}');
    await picture(page, 'publish');
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await page.getByText(/is published to/).waitFor();

    await page.getByRole('link', { name: queue }).click();
    await page.waitForURL(address(`/pubsub/queues/${queue}`));
    await page.getByRole('link', { name: /^smsg-/ }).click();
    const data = page.getByRole('region', { name: 'Data' });
    await data.getByText('12345678901234567890').waitFor();
    await data.getByText(MARKUP).waitFor();
    await page.getByText('north').waitFor();
    assert.equal(await page.locator('img').count(), 0);
    await picture(page, 'message');

    const number = new URL(page.url()).searchParams.get('message');
    const { json } = await api('GET', `pubsub/messages/${number}?queue=${queue}`);
    assert.equal(json.data, `{"id": 12345678901234567890, "note": "${MARKUP}"}`);
    assert.equal(json.properties.shop, 'north');
    assert.equal((await queueOf(queue)).owner, definition);
  }),
);

test(
  'a search is run by the server, page by page, and is in the address',
  story({}, async (page) => {
    const topic = unique('stories.searched');
    const { queue } = await subscribed(topic);
    const messages = Array.from({ length: 60 }, (_, index) => ({
      data: { order: `no-${index}-` },
    }));
    await api('POST', `pubsub/publish?topic=${topic}`, JSON.stringify(messages[0]));
    for (const message of messages.slice(1)) {
      await publish(topic, message);
    }
    const id = await publish(topic, { data: 'the wanted one' });
    await logIn(page, `/pubsub/queues/${queue}`);
    await page.getByText('1 – 50 of 61').waitFor();
    await page.getByRole('button', { name: 'Later' }).click();
    await page.getByText('51 – 61 of 61').waitFor();
    await page.waitForURL(address(`/pubsub/queues/${queue}?page=2`));

    await page.getByLabel('Text in the data').fill('no-7-');
    await page.getByText('1 – 1', { exact: true }).waitFor();
    await page.waitForURL(address(`/pubsub/queues/${queue}?text=no-7-`));
    await open(page, `/pubsub/queues/${queue}?msgId=${id}`);
    await page.getByRole('link', { name: id }).waitFor();
    await page.getByText('1 – 1', { exact: true }).waitFor();
    await page.getByLabel('Correlation id').fill('nobody');
    await page.getByText('Nothing matches what was searched for.').waitFor();
    assert.equal(await depthOf(queue), 61);
  }),
);

test(
  'a dead letter is on the overview, says why, is edited and replayed, and the service has it then',
  story({}, async (page) => {
    const { service, topic, queue, dead } = await pushed();
    await publish(topic, { data: 'a bad lamp' });
    await until('it is dead', async () => (await depthOf(dead)) === 1);
    await logIn(page, '/');
    await page.getByRole('link', { name: queue }).click();
    await page.waitForURL(address(`/pubsub/queues/${dead}`));
    await page.getByText('no shelf for a bad lamp').waitFor();
    await picture(page, 'dead letters');

    await page.getByRole('link', { name: /^smsg-/ }).click();
    await page.getByText('Not delivered (500), after 1 attempt').waitFor();
    await page.getByRole('button', { name: 'Edit' }).click();
    const dialog = page.getByRole('dialog', { name: /^Edit smsg-/ });
    await dialog.getByLabel('Data').fill('a good lamp');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await page.waitForURL(address(`/pubsub/queues/${dead}`));

    await page.getByLabel(/^Choose smsg-/).check();
    await page.getByRole('button', { name: 'Replay 1' }).click();
    await page
      .getByRole('dialog', { name: 'Replay 1 dead letter?' })
      .getByRole('button', { name: 'Replay' })
      .click();
    await page.waitForURL(address('/pubsub/replays'));
    const row = page.getByRole('row').filter({ hasText: queue });
    await row.getByText('done').waitFor();
    await picture(page, 'replays');
    await until(
      'the service has stored it',
      async () => (await api('GET', `logs?service=${service}&text=good%20lamp`)).json.total === 1,
    );
    assert.equal(await depthOf(dead), 0);
  }),
);

test(
  'a slow replay tells how far it is, and ends when it is stopped',
  story({}, async (page) => {
    const { topic, queue, dead } = await pushed();
    for (let index = 0; index < 5; index++) {
      await publish(topic, { data: `bad ${index}` });
    }
    await until('all are dead', async () => (await depthOf(dead)) === 5);
    await logIn(page, `/pubsub/queues/${dead}`);
    await page.getByRole('button', { name: 'Replay all' }).click();
    const dialog = page.getByRole('dialog', { name: 'Replay all dead letters?' });
    await dialog.getByLabel('How many a second; no limit if empty').fill('0.01');
    await dialog.getByRole('button', { name: 'Replay' }).click();
    const row = page.getByRole('row').filter({ hasText: queue });
    await row.getByText('running').waitFor();
    await row.getByRole('gridcell', { name: '1', exact: true }).waitFor();
    await row.getByRole('button', { name: 'Stop' }).click();
    await row.getByText('stopped').waitFor();
    await until(
      'the others are kept, and the first is back',
      async () => (await depthOf(dead)) === 5,
    );
  }),
);

test(
  'a queue is cleared by typing its name only, some messages are deleted by choosing them',
  story({}, async (page) => {
    const topic = unique('stories.cleared');
    const { queue } = await subscribed(topic, { maxDepth: 5 });
    for (const data of ['one', 'two', 'three', 'four']) {
      await publish(topic, { data });
    }
    await logIn(page, '/');
    await page.getByRole('link', { name: queue }).click();
    await page.waitForURL(address(`/pubsub/queues/${queue}`));
    await page.getByText('nearly full').waitFor();

    await page
      .getByLabel(/^Choose smsg-/)
      .first()
      .check();
    await page.getByRole('button', { name: 'Delete 1' }).click();
    const asked = page.getByRole('dialog', { name: 'Delete 1 message?' });
    await asked.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('1 – 3 of 3').waitFor();

    await page.getByRole('button', { name: 'Clear' }).click();
    const dialog = page.getByRole('dialog', { name: `Delete all messages of ${queue}?` });
    const button = dialog.getByRole('button', { name: 'Delete them' });
    await dialog.getByLabel(`Type ${queue} to go on`).fill(topic);
    assert.equal(await button.isDisabled(), true);
    await dialog.getByLabel(`Type ${queue} to go on`).fill(queue);
    await picture(page, 'clear');
    await button.click();
    await page.getByText('Nothing waits here.').waitFor();
    assert.equal(await depthOf(queue), 0);
  }),
);

test(
  'a large message is cut, bytes are shown as hex, and all of it can be saved and published again',
  story({}, async (page) => {
    const topic = unique('stories.large');
    const { queue } = await subscribed(topic);
    const bytes = Buffer.alloc(100_000, 'ab');
    const id = await publish(topic, { data_base64: bytes.toString('base64') });
    await logIn(page, `/pubsub/queues/${queue}`);
    await page.getByRole('link', { name: id }).click();
    await page.getByText('The first 64.0 kB of 97.7 kB.').waitFor();
    await page.getByText('61 62 61 62 61 62', { exact: false }).waitFor();

    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the data' }).click();
    assert.deepEqual(await readFile(await (await saved).path()), bytes);

    await page.getByRole('button', { name: 'Publish again' }).click();
    const dialog = page.getByRole('dialog', { name: 'Publish it again' });
    await dialog.getByRole('button', { name: 'Publish' }).click();
    await page.getByText(/is published to/).waitFor();
    const { items } = (await api('GET', `pubsub/messages?queue=${queue}`)).json;
    assert.deepEqual(
      items.map(({ size }) => size),
      [100_000, 100_000],
    );
  }),
);

test(
  'a viewer sees queues, but no messages, and nothing to change them',
  story({}, async (page) => {
    const topic = unique('stories.viewed');
    const { queue } = await subscribed(topic);
    await publish(topic, { data: 'for operators only' });
    const viewer = await user(unique('viewer'), 'viewer');
    await logIn(page, `/pubsub/queues/${queue}`, viewer);
    await page.getByText('Messages are data', { exact: false }).waitFor();
    for (const name of ['Publish', 'Clear', 'Delete']) {
      assert.equal(await page.getByRole('button', { name, exact: true }).count(), 0);
    }
    await open(page, `/pubsub/topics/${topic}`);
    await page.getByRole('link', { name: queue }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Publish' }).count(), 0);
  }),
);
