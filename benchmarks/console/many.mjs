// What the console is like with 10,000 services: deploys them on a server that runs, calls each once, and measures in Chromium.
//   SERAI_URL=http://127.0.0.1:8183 SERAI_PASSWORD=... node benchmarks/console/many.mjs [SERVICES]
// Needs zip, and the packages of itests/src/test/console (itests/src/test/console/run installs them).

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const EACH = 100;
const TRIES = 15;
const url = process.env.SERAI_URL ?? 'http://127.0.0.1:8183';
const password = process.env.SERAI_PASSWORD ?? '';
const services = Number(process.argv[2] ?? 10_000);
const authorization = 'Basic ' + Buffer.from(`admin:${password}`).toString('base64');
const require = createRequire(
  new URL('../../itests/src/test/console/package.json', import.meta.url),
);
const { chromium } = require('playwright-core');

async function api(path, options = {}) {
  const response = await fetch(`${url}/api/v1/${path}`, {
    ...options,
    headers: { authorization, ...options.headers },
  });
  if (!response.ok) {
    throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }
  return response.text();
}

function archive(deployment) {
  const folder = mkdtempSync(join(tmpdir(), 'many-'));
  try {
    mkdirSync(join(folder, 'many'));
    for (let i = 0; i < EACH; i++) {
      writeFileSync(
        join(folder, 'many', `M${deployment}S${i}.java`),
        `package many;
import org.caravanserai.api.*;
@ServiceName("many.d${deployment}.s${i}")
public class M${deployment}S${i} implements Service<String, String> {
  public String handle(String input, Context context) { return input; }
}
`,
      );
    }
    execFileSync('zip', ['-qr', 'many.zip', 'many'], { cwd: folder });
    return readFileSync(join(folder, 'many.zip'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function told(name, millis) {
  const sorted = millis.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  console.log(`${name}: median ${Math.round(median)} ms, worst ${Math.round(sorted.at(-1))} ms`);
}

async function measured(action) {
  const begin = performance.now();
  await action();
  return performance.now() - begin;
}

for (let i = 0; i < services / EACH; i++) {
  const headers = { 'content-type': 'application/zip' };
  await api(`deployments/many-${i}`, { method: 'POST', body: archive(i), headers });
}
const names = JSON.parse(await api('services?q=many.&limit=100000')).items.map(({ name }) => name);
console.log(`${names.length} services`);
const called = performance.now();
await Promise.all(
  Array.from({ length: 8 }, async (_, worker) => {
    for (let i = worker; i < names.length; i += 8) {
      await api(`services/${names[i]}/invoke`, { method: 'POST', body: '"x"' });
    }
  }),
);
console.log(`each called once within ${Math.round(performance.now() - called)} ms`);

const browser = await chromium.launch({
  executablePath: process.env.SERAI_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
const page = await browser.newPage();
await page.goto(`${url}/`);
await page.getByLabel('User name').fill('admin');
await page.getByLabel('Password').fill(password);
await page.getByRole('button', { name: 'Log in' }).click();
const rows = page.locator('tbody tr');
const link = (name) => page.getByRole('navigation').getByRole('link', { name, exact: true });

const lists = [];
const sorts = [];
const searches = [];
const finds = [];
const overviews = [];
for (let i = 0; i < TRIES; i++) {
  await link('Overview').waitFor();
  lists.push(
    await measured(async () => {
      await link('Services').click();
      await rows.nth(49).waitFor();
    }),
  );
  sorts.push(
    await measured(async () => {
      const answer = page.waitForResponse(/services\?.*sort=-?p95Micros/);
      await page.getByRole('button', { name: 'p95' }).click();
      await answer;
      await rows.nth(49).waitFor();
    }),
  );
  const wanted = names[(i * 611) % names.length];
  searches.push(
    await measured(async () => {
      await page.getByLabel('Search services').fill(wanted);
      await rows.first().getByRole('link', { name: wanted, exact: true }).waitFor();
    }),
  );
  finds.push(
    await measured(async () => {
      await page.keyboard.press('Control+k');
      await page.getByLabel('Part of a name').fill(wanted);
      await page.getByRole('menuitem', { name: wanted }).first().waitFor();
    }),
  );
  await page.keyboard.press('Escape');
  overviews.push(
    await measured(async () => {
      await link('Overview').click();
      await page.getByRole('list', { name: 'Lately' }).getByText(/\d MB/).waitFor();
    }),
  );
}
await browser.close();
told('list of services, from the click to 50 rows', lists);
told('sorted by p95', sorts);
told('searched, with the 250 ms that it waits for the end of typing', searches);
told('Ctrl+K, from the key to the service', finds);
told('overview, from the click to its numbers', overviews);
