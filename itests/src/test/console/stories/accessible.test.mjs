import { before, test } from 'node:test';
import { isAccessible, open, picture, story, until, visits } from '../browser.mjs';
import { api, configure, deploy, greeter, unique } from '../server.mjs';

const service = unique('stories.seen');
const deployment = unique('Seen');
const channel = unique('seen');
const routed = unique('seen-routes');

const ROUTES = `
- route:
    id: main
    from:
      uri: direct:seen
      steps:
        - choice:
            when:
              - simple: "\${body} contains 'a long text, longer than what is shown of it in the diagram'"
                steps:
                  - multicast:
                      steps:
                        - to: mock:a
                        - to: mock:b
            otherwise:
              steps:
                - log: other
`;
const topic = unique('seen');
const queue = `${topic}/${topic}`;
const job = unique('seen');
const cache = unique('seen');
let message;
let run;

const edited = `Edited${unique('').slice(1)}`;

before(async () => {
  for (const text of ['One', 'Two']) {
    const source = greeter(unique('stories.edited'), text).replaceAll('Greeter', edited);
    await api('PUT', `files/deploy/${edited}.java`, source, 'text/plain');
  }
  await deploy(deployment, greeter(service, 'One'));
  await deploy(deployment, greeter(service, 'Two'));
  await deploy(deployment, 'broken');
  await deploy(routed, ROUTES);
  await api('POST', `services/${service}/invoke`, '{"name":"Ada"}');
  await api(
    'PUT',
    `objects/channel_rest/${channel}`,
    JSON.stringify({ service, url_path: `/${channel}` }),
  );
  await configure(`
security:
  - {name: ${topic}, type: basic_auth, username: ${topic}, password: secret-1-xx}
pubsub_topic:
  - {name: ${topic}, max_depth: 1}
pubsub_permission:
  - {security: ${topic}, sub: [${topic}]}
pubsub_subscription:
  - {security: ${topic}, topic_list: [${topic}]}
scheduler:
  - {name: ${job}, service: ${service}, job_type: cron_style, cron_definition: 0 0 1 1 *, extra: {name: Ada}}
cache:
  - {name: ${cache}}
`);
  await api('POST', `pubsub/publish?topic=${topic}`, '{"data":{"a":1},"properties":{"b":2}}');
  await api('PUT', `caches/${cache}/entry?key=tea`, '{"cents":100}');
  await until(
    'the job is taken up',
    async () => (await api('POST', `scheduler/jobs/${job}/run`, '{}')).status === 202,
  );
  await until('it has run', async () => {
    run = (await api('GET', `scheduler/runs?job=${job}&outcome=ok`)).json.items[0]?.id;
    return run;
  });
  await until('the message is there', async () => {
    message = (await api('GET', `pubsub/messages?queue=${queue}`)).json.items[0]?.number;
    return message;
  });
});

const PAGES = {
  overview: '/',
  services: `/services?q=${service}`,
  service: `/services/${service}`,
  'service numbers': `/services/${service}?part=numbers`,
  'service callers': `/services/${service}?part=callers`,
  'service revisions': `/services/${service}?part=revisions`,
  'service types': `/services/${service}?part=types`,
  deployments: '/deployments',
  deployment: `/deployments/${deployment}`,
  objects: '/objects',
  object: `/objects/channel_rest/${channel}`,
  routes: '/routes',
  route: `/routes/${routed}%23main?node=when1`,
  'route processors': `/routes/${routed}%23main?part=processors`,
  'route trace': `/routes/${routed}%23main?part=trace`,
  metrics: '/charts',
  'object yaml': `/objects/channel_rest/${channel}?part=yaml`,
  'object edited': `/objects/channel_rest/${channel}?part=edit`,
  'object new': '/objects/new',
  'object new security': '/objects/new/security',
  configuration: '/configuration',
  'configuration import': '/configuration?part=import',
  secrets: '/secrets',
  users: '/users',
  account: '/account',
  audit: '/audit',
  ide: '/ide',
  'ide file': `/ide/deploy/${edited}.java`,
  'ide history': `/ide/deploy/${edited}.java?part=history&compare=1`,
  topics: '/pubsub',
  topic: `/pubsub/topics/${topic}`,
  queues: '/pubsub/queues',
  queue: `/pubsub/queues/${queue}`,
  message: () => `/pubsub/queues/${queue}?message=${message}`,
  replays: '/pubsub/replays',
  jobs: '/scheduler',
  job: `/scheduler/jobs/${job}`,
  runs: '/scheduler/runs',
  run: () => `/scheduler/runs/${run}`,
  'timetable preview': '/scheduler/preview?cron_definition=0+9+*+*+*',
  caches: '/caches',
  cache: `/caches/${cache}`,
  'cache entry': `/caches/${cache}?key=tea`,
  logs: '/logs',
  bundles: '/bundles',
  bundle: '/bundles/0',
  components: '/components?state=unsatisfied',
  features: '/features?state=started',
  jmx: '/jmx?q=memory',
  mbean: '/jmx?mbean=java.lang%3Atype%3DMemory',
  shell: '/shell',
  'no page': '/nothing/here',
};

const visit = visits({ reducedMotion: 'reduce' });

/** The dark page is the light one in other colours. */
async function isForEverybody(page, name) {
  await page.emulateMedia({ colorScheme: 'light' });
  await settled(page);
  await isAccessible(page);
  await picture(page, `${name} light`);
  await page.emulateMedia({ colorScheme: 'dark' });
  await settled(page);
  await isAccessible(page, ['color-contrast']);
  await picture(page, `${name} dark`);
}

/** Colours change by and by. */
function settled(page) {
  return page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const ending = document
      .getAnimations()
      .filter((animation) => animation.effect.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map((animation) => animation.finished));
  });
}

test(
  'everybody can log in',
  story({ reducedMotion: 'reduce' }, async (page) => {
    await open(page, '/');
    await page.getByLabel('User name').waitFor();
    await isForEverybody(page, 'login');
  }),
);

for (const [name, path] of Object.entries(PAGES)) {
  test(
    `everybody can use the page ${name}`,
    visit(async (page) => {
      await open(page, typeof path === 'function' ? path() : path);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.getByRole('progressbar').first().waitFor({ state: 'detached' });
      await isForEverybody(page, name);
    }),
  );
}

test(
  'everybody can use the page invoked',
  visit(async (page) => {
    await open(page, `/services/${service}`);
    await page.getByRole('button', { name: 'Invoke' }).click();
    await page.getByRole('list', { name: 'Log of this call' }).waitFor();
    await isForEverybody(page, 'invoked');
  }),
);
