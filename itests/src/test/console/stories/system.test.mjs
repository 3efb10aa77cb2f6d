import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAccessible, logIn, picture, story, until } from '../browser.mjs';
import { address, api, deploy, fileAddress, greeter, save, unique, user } from '../server.mjs';

async function bundleOf(deployment) {
  const found = await until('it has a bundle', async () => {
    const { items } = (await api('GET', `bundles?deployment=${deployment}`)).json;
    return items[0];
  });
  return found.id;
}

test(
  'a bundle is found, its wires lead to others, and stopping it stops its service',
  story({}, async (page) => {
    const name = unique('Bundled');
    const service = unique('stories.bundled');
    await deploy(name, greeter(service, 'Hello'));
    const id = await bundleOf(name);
    await logIn(page, `/bundles?q=${name}`);
    await page
      .getByRole('row', { name: new RegExp(name) })
      .getByRole('link')
      .first()
      .click();
    await page.waitForURL(address(`/bundles/${id}`));
    await page.getByText('No other bundle.').waitFor();
    await page
      .getByRole('grid', { name: 'Wires to others', exact: true })
      .getByRole('link', { name: /org\.caravanserai\.api/ })
      .first()
      .waitFor();
    await picture(page, 'bundle');

    await page.getByRole('button', { name: 'Stop', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
    await page.getByRole('button', { name: 'Start', exact: true }).waitFor();
    const refused = await api('POST', `services/${service}/invoke`, '{"name":"Ada"}');
    assert.notEqual(refused.status, 200);

    await page.getByRole('button', { name: 'Start', exact: true }).click();
    await dialog.getByRole('button', { name: 'Start', exact: true }).click();
    await page.getByRole('button', { name: 'Stop', exact: true }).waitFor();
    await until('it serves again', async () => {
      const answer = await api('POST', `services/${service}/invoke`, '{"name":"Ada"}');
      return answer.status === 200;
    });
  }),
);

test(
  'what the server is made of has no buttons, nor has a viewer',
  story({}, async (page) => {
    const { items } = (await api('GET', 'bundles?name=org.caravanserai.management')).json;
    await logIn(page, `/bundles/${items[0].id}`);
    await page.getByText('only the shell changes it', { exact: false }).waitFor();
    assert.equal(await page.getByRole('button', { name: 'Stop', exact: true }).count(), 0);
    await page.getByRole('link', { name: 'those of this bundle' }).click();
    await page.getByRole('grid', { name: 'components' }).waitFor();
  }),
);

test(
  'a feature shows what installing it would do before it is done',
  story({}, async (page) => {
    const { items } = (await api('GET', 'features?state=uninstalled&q=http')).json;
    const feature = items.find(({ name }) => name === 'http');
    await logIn(page, '/features?state=uninstalled');
    await page.getByLabel('Search features').fill(feature.name);
    await page.getByRole('link', { name: feature.name, exact: true }).first().click();
    await page.getByRole('button', { name: 'Install', exact: true }).click();
    const dialog = page.getByRole('dialog');
    const goOn = dialog.getByRole('button', { name: 'Go on' });
    await until('what it would do is known', () => goOn.isEnabled());
    assert.match(await dialog.innerText(), /http/);
    await picture(page, 'feature preview');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    const after = (await api('GET', `features/${feature.name}/${feature.version}`)).json;
    assert.equal(after.feature.state, 'uninstalled');
  }),
);

test(
  'a repository of features is added, its feature is there, and is gone when it is forgotten',
  story({}, async (page) => {
    const name = unique('stories-features');
    await save(
      `../${name}.xml`,
      `<features name="${name}" xmlns="http://karaf.apache.org/xmlns/features/v1.6.0">
         <feature name="${name}" version="1.0.0" description="Nothing &lt;b&gt;at all&lt;/b&gt;"/>
       </features>`,
    );
    await logIn(page, `/features?q=${name}`);
    await page.getByText('Nothing matches').waitFor();
    await page.getByRole('button', { name: 'Add a repository' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Address').fill('features.xml');
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await dialog.getByText('uri is the address of a repository', { exact: false }).waitFor();
    await isAccessible(page);
    await picture(page, 'feature repository');
    const uri = fileAddress(`../${name}.xml`);
    await dialog.getByLabel('Address').fill(uri);
    await dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('link', { name, exact: true }).waitFor();
    await page.getByText('Nothing <b>at all</b>').waitFor();

    await page.getByRole('button', { name: `Forget ${uri}` }).click();
    await dialog.getByRole('button', { name: 'Forget', exact: true }).click();
    await page.getByText('Nothing matches').waitFor();
    const { items } = (await api('GET', 'feature-repositories')).json;
    assert.ok(!items.some((each) => each.uri === uri));
  }),
);

test(
  'a repository whose features are installed is not forgotten',
  story({}, async (page) => {
    const { items } = (await api('GET', 'features?q=serai&state=started')).json;
    const { repository } = items.find(({ name }) => name === 'serai');
    await logIn(page, '/features');
    await page.getByRole('button', { name: `Forget ${repository}` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Forget', exact: true }).click();
    await dialog.getByText(/Its feature .* is installed/).waitFor();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  }),
);

test(
  'a viewer sees the repositories of features, and is offered no change of them',
  story({}, async (page) => {
    await logIn(page, '/features', await user(unique('viewer'), 'viewer'));
    await page
      .getByText(/^mvn:org\.caravanserai\/features\//)
      .last()
      .waitFor();
    assert.equal(await page.getByRole('button', { name: /^Forget|^Add a rep/ }).count(), 0);
  }),
);

test(
  'an MBean is found by the name of an attribute, its values are live, an operation is executed',
  story({}, async (page) => {
    await logIn(page, '/jmx');
    await page.getByLabel('Search MBeans').fill('lang heapmemory');
    await page.waitForURL(/q=lang/);
    await page.getByRole('link', { name: 'java.lang:type=Memory', exact: true }).click();
    await page
      .getByRole('grid', { name: 'Attributes' })
      .getByText('"used"', { exact: false })
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Execute gc()' }).click();
    await page.getByText('Done').waitFor();
    await picture(page, 'mbean');
    const audit = (await api('GET', 'audit?operation=jmx.exec&limit=1')).json;
    assert.equal(audit.items[0].target, 'java.lang:type=Memory gc()');
  }),
);

test(
  'a viewer reads MBeans and executes nothing',
  story({}, async (page) => {
    const viewer = await user(unique('viewer'), 'viewer');
    await logIn(page, '/jmx?mbean=java.lang%3Atype%3DMemory', viewer);
    await page.getByText('Administrators execute them.').waitFor();
    assert.equal(await page.getByRole('button', { name: /Execute/ }).count(), 0);
  }),
);

test(
  'a line is completed, run, recalled, interrupted; what it says went wrong is told apart',
  story({}, async (page) => {
    await logIn(page, '/shell');
    const line = page.getByLabel('Line');
    const log = page.getByRole('log', { name: 'What was run' });
    await line.fill('serai:heal');
    await line.press('Tab');
    await until('it is completed', async () => (await line.inputValue()) === 'serai:health ');
    await line.press('Enter');
    await log.getByText('status 0', { exact: false }).waitFor();

    await line.fill('bundle:s');
    await line.press('Tab');
    await page.getByRole('list', { name: 'Possible words' }).getByText('bundle:stop').waitFor();
    await picture(page, 'shell');

    await line.fill('no:such "<b>line</b>"');
    await line.press('Enter');
    await log.getByText('status 2', { exact: false }).waitFor();
    assert.equal(await log.locator('b b').count(), 0);
    await line.press('ArrowUp');
    assert.equal(await line.inputValue(), 'no:such "<b>line</b>"');

    await line.fill('shell:sleep 600000');
    await line.press('Enter');
    await page.getByRole('button', { name: 'Interrupt' }).click();
    await page.getByRole('button', { name: 'Run' }).waitFor();
  }),
);

test(
  'the shell of a viewer refuses what is for others',
  story({}, async (page) => {
    const viewer = await user(unique('viewer'), 'viewer');
    await logIn(page, '/shell', viewer);
    const line = page.getByLabel('Line');
    await line.fill('bundle:stop 1');
    await line.press('Enter');
    await page.getByText('your roles do not allow it', { exact: false }).waitFor();
  }),
);
