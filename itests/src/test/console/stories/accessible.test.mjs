import { before, test } from 'node:test';
import { isAccessible, logIn, open, picture, story } from '../browser.mjs';
import { api, deploy, greeter, unique } from '../server.mjs';

const service = unique('stories.seen');
const deployment = unique('Seen');
const channel = unique('seen');

before(async () => {
  await deploy(deployment, greeter(service, 'One'));
  await deploy(deployment, greeter(service, 'Two'));
  await deploy(deployment, 'broken');
  await api(
    'PUT',
    `objects/channel_rest/${channel}`,
    JSON.stringify({ service, url_path: `/${channel}` }),
  );
});

const PAGES = {
  overview: '/',
  services: `/services?q=${service}`,
  service: `/services/${service}`,
  'service revisions': `/services/${service}?part=revisions`,
  'service types': `/services/${service}?part=types`,
  deployments: '/deployments',
  deployment: `/deployments/${deployment}`,
  objects: '/objects',
  object: `/objects/channel_rest/${channel}`,
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

for (const colorScheme of ['light', 'dark']) {
  test(
    `everybody can log in, ${colorScheme}`,
    story({ colorScheme, reducedMotion: 'reduce' }, async (page) => {
      await open(page, '/');
      await page.getByLabel('User name').waitFor();
      await isAccessible(page);
      await picture(page, `login ${colorScheme}`);
    }),
  );
  for (const [name, path] of Object.entries(PAGES)) {
    test(
      `everybody can use the page ${name}, ${colorScheme}`,
      story({ colorScheme, reducedMotion: 'reduce' }, async (page) => {
        await logIn(page, path);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.getByRole('progressbar').first().waitFor({ state: 'detached' });
        await isAccessible(page);
        await picture(page, `${name} ${colorScheme}`);
      }),
    );
  }
  test(
    `everybody can use the page invoked, ${colorScheme}`,
    story({ colorScheme, reducedMotion: 'reduce' }, async (page) => {
      await logIn(page, `/services/${service}`);
      await page.getByRole('button', { name: 'Invoke' }).click();
      await page.getByRole('list', { name: 'Log of this call' }).waitFor();
      await isAccessible(page);
      await picture(page, `invoked ${colorScheme}`);
    }),
  );
}
