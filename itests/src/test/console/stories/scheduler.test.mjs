import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, open, picture, story, until } from '../browser.mjs';
import { address, api, configure, deploy, unique, user } from '../server.mjs';

const MARKUP = '<img src=x onerror=alert(1)>';

/** A service that fails at each call but those it is told to do well. */
function worker(service) {
  return `
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceName;

@ServiceName("${service}")
public class Worker implements Service<String, String> {
  @Override
  public String handle(String input, Context context) {
    context.log().info("working on ${MARKUP}");
    if (context.cache().get("${service}") == null) {
      throw new IllegalStateException("out of ${MARKUP}");
    }
    return "done";
  }
}
`;
}

/** A job that would run in years only. */
async function job() {
  const service = unique('stories.work');
  const name = unique('stories.job');
  await deploy(unique('Worker'), worker(service));
  await configure(`
scheduler:
  - {name: ${name}, service: ${service}, job_type: cron_style, cron_definition: 0 0 1 1 *, timezone: Asia/Tokyo}
`);
  await until(
    'the job is there',
    async () => (await api('GET', `scheduler/jobs/${name}`)).status === 200,
  );
  return { name, service };
}

const runsOf = async (name) => (await api('GET', `scheduler/runs?job=${name}`)).json.items;

test(
  'a job is found, run now, and its failure is in the grid, with the log of that run',
  story({}, async (page) => {
    const { name, service } = await job();
    await logIn(page, '/logs');
    await page.keyboard.press('Control+k');
    await page.getByLabel('Part of a name').fill(name);
    await page.getByRole('menuitem', { name }).first().click();
    await page.waitForURL(address(`/scheduler/jobs/${name}`));
    const times = page.getByRole('list', { name: `Next times of ${name}` });
    await times.getByRole('listitem').nth(4).waitFor();
    assert.match(await times.getByRole('listitem').first().innerText(), /^in \d+ days?, /);

    await page.getByRole('button', { name: 'Run now' }).click();
    const grid = page.getByRole('list', { name: `Runs of ${name}` });
    await grid.getByRole('link', { name: /^error, / }).waitFor();
    await api('PUT', `caches/default/entry?key=${service}`, '1');
    await page.getByRole('button', { name: 'Run now' }).click();
    await grid.getByRole('link', { name: /^ok, / }).waitFor();
    await picture(page, 'job');

    await grid.getByRole('link', { name: /^error, / }).click();
    await page.getByText(`out of ${MARKUP}`, { exact: false }).first().waitFor();
    await page
      .getByRole('region', { name: 'Its log' })
      .getByText(`working on ${MARKUP}`, { exact: false })
      .waitFor();
    assert.equal(await page.locator('img').count(), 0);
    await picture(page, 'run');
    const [, failed] = await runsOf(name);
    assert.equal(page.url(), address(`/scheduler/runs/${failed.id}`));
    await page.getByRole('link', { name: failed.cid }).click();
    await page.waitForURL(address(`/logs?cid=${failed.cid}`));
  }),
);

test(
  'the list shows how the last runs of each job went, and runs are filtered by how they ended',
  story({}, async (page) => {
    const { name, service } = await job();
    await api('POST', `scheduler/jobs/${name}/run`, '{}');
    await until('it has run', async () => (await runsOf(name))[0]?.outcome === 'error');
    await api('PUT', `caches/default/entry?key=${service}`, '1');
    await api('POST', `scheduler/jobs/${name}/run`, '{}');
    await until('it has run again', async () => (await runsOf(name))[0]?.outcome === 'ok');
    await logIn(page, `/scheduler?q=${name}`);
    const grid = page.getByRole('list', { name: `Runs of ${name}` });
    await grid.getByRole('link').nth(1).waitFor();
    const words = await grid.getByRole('link').evaluateAll((all) => all.map((each) => each.title));
    assert.match(words.join('|'), /^error, .*\|ok, /);

    await open(page, `/scheduler/runs?job=${name}&outcome=error`);
    await page.getByRole('gridcell', { name: 'error', exact: true }).waitFor();
    assert.equal(await page.getByRole('row').count(), 2);
    await page.getByLabel('Ended').selectOption('ok');
    await page.getByRole('gridcell', { name: 'ok', exact: true }).waitFor();
    await page.waitForURL(address(`/scheduler/runs?job=${name}&outcome=ok`));
  }),
);

test(
  'a job is paused and goes on, and so are all of them',
  story({}, async (page) => {
    const { name } = await job();
    const status = async () => (await api('GET', `scheduler/jobs/${name}`)).json.status;
    await logIn(page, `/scheduler/jobs/${name}`);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByText('it runs at none of them', { exact: false }).waitFor();
    assert.equal(await status(), 'paused');
    await page.getByRole('button', { name: 'Resume' }).click();
    await page.getByText('active', { exact: true }).waitFor();
    assert.equal(await status(), 'active');

    await open(page, '/scheduler');
    try {
      await page.getByRole('button', { name: 'Pause all jobs' }).click();
      await page.getByText('All jobs of the environment are paused').waitFor();
      assert.equal((await api('GET', 'scheduler')).json.isPaused, true);
      await page.getByRole('button', { name: 'Let jobs go on' }).click();
      await page.getByRole('button', { name: 'Pause all jobs' }).waitFor();
      assert.equal((await api('GET', 'scheduler')).json.isPaused, false);
    } finally {
      await api('POST', 'scheduler/resume', '{}');
    }
  }),
);

test(
  'a timetable is tried before there is a job of it, and a wrong one is refused with the reason',
  story({}, async (page) => {
    await logIn(page, '/scheduler/preview');
    await page.getByLabel('Cron expression').fill('30 2 31 2 *');
    await page.getByText('cron_definition:', { exact: false }).waitFor();
    await page.getByLabel('Cron expression').fill('30 2 * * 1-5');
    await page.getByLabel('Time zone').fill('Europe/Berlin');
    const times = page.getByRole('list', { name: 'Next times' });
    await times.getByRole('listitem').nth(9).waitFor();
    await page.waitForURL(/cron_definition=30\+2.*timezone=Europe%2FBerlin/);
    await picture(page, 'preview');
    await page.getByLabel('When').selectOption('interval_based');
    await page.getByLabel('minutes').fill('5');
    await times.getByText(/^in [45] minutes/).waitFor();
  }),
);

test(
  'a job that a service has made is taken away by typing its name; a viewer may not',
  story({}, async (page) => {
    const service = unique('stories.makes');
    const name = unique('stories.made');
    await deploy(
      unique('Makes'),
      `
import java.time.Duration;
import org.caravanserai.api.Context;
import org.caravanserai.api.Service;
import org.caravanserai.api.ServiceName;

@ServiceName("${service}")
public class Makes implements Service<String, String> {
  @Override
  public String handle(String input, Context context) {
    return context.schedule().named("${name}").once(Duration.ofDays(1000), "${service}", "x");
  }
}
`,
    );
    await api('POST', `services/${service}/invoke`, '"x"');
    const viewer = await user(unique('viewer'), 'viewer');
    await logIn(page, `/scheduler/jobs/${name}`, viewer);
    await page.getByText('a service', { exact: true }).waitFor();
    for (const button of ['Run now', 'Pause', 'Take away']) {
      assert.equal(await page.getByRole('button', { name: button }).count(), 0);
    }
    await page.context().clearCookies();
    await logIn(page, `/scheduler/jobs/${name}`);
    await page.getByRole('button', { name: 'Take away' }).click();
    const dialog = page.getByRole('dialog', { name: `Take ${name} away?` });
    await dialog.getByLabel(`Type ${name} to go on`).fill(name);
    await dialog.getByRole('button', { name: 'Take away' }).click();
    await page.waitForURL(address('/scheduler'));
    const { json } = await api('GET', `scheduler/jobs?name=${name}&status=active`);
    assert.equal(json.total, 0);
  }),
);
