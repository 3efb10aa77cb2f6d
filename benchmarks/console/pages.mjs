// How long the first page takes in a browser that knows nothing of it, and a log line until it is seen, on a server that runs.
//   SERAI_URL=http://127.0.0.1:8183 SERAI_PASSWORD=... node benchmarks/console/pages.mjs
// Needs the packages of itests/src/test/console (itests/src/test/console/run installs them).

import { createRequire } from 'node:module';

const TRIES = 20;
const WARM_UP = 3;
const url = process.env.SERAI_URL ?? 'http://127.0.0.1:8183';
const password = process.env.SERAI_PASSWORD ?? '';
const authorization = 'Basic ' + Buffer.from(`admin:${password}`).toString('base64');
const require = createRequire(
  new URL('../../itests/src/test/console/package.json', import.meta.url),
);
const { chromium } = require('playwright-core');
const name = `Paged${Date.now()}`;
const service = 'benchmark.paged';

async function api(path, options = {}) {
  const response = await fetch(`${url}/api/v1/${path}`, {
    ...options,
    headers: { authorization, ...options.headers },
  });
  if (!response.ok) {
    throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }
}

const source = `import org.caravanserai.api.*;

@ServiceName("${service}")
public class ${name} implements Service<String, String> {
  @Override
  public String handle(String input, Context context) {
    context.log().info("noted {}", input);
    return input;
  }
}
`;

function told(what, millis) {
  const sorted = millis.toSorted((a, b) => a - b);
  const median = sorted[Math.floor(sorted.length / 2)];
  console.log(`${what}: median ${Math.round(median)} ms, worst ${Math.round(sorted.at(-1))} ms`);
}

const headers = { 'content-type': 'text/plain' };
await api(`deployments/${name}`, { method: 'POST', body: source, headers });
const browser = await chromium.launch({
  executablePath: process.env.SERAI_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
try {
  const first = await browser.newContext();
  const page = await first.newPage();
  await page.goto(`${url}/`);
  await page.getByLabel('User name').fill('admin');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('list', { name: 'Areas' }).waitFor();
  const storageState = await first.storageState();

  const paints = [];
  const areas = [];
  for (let i = 0; i < WARM_UP + TRIES; i++) {
    const context = await browser.newContext({ storageState });
    const fresh = await context.newPage();
    const begin = performance.now();
    await fresh.goto(`${url}/`, { waitUntil: 'commit' });
    await fresh
      .getByRole('list', { name: 'Areas' })
      .getByText(/all well|to look at/)
      .first()
      .waitFor();
    const passed = performance.now() - begin;
    const paint = await fresh.evaluate(
      () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    );
    if (i >= WARM_UP) {
      areas.push(passed);
      paints.push(paint ?? passed);
    }
    await context.close();
  }
  told('first paint, nothing kept by the browser', paints);
  told('from the address to what is broken', areas);

  await page.goto(`${url}/logs?service=${service}`);
  await page.getByText('live', { exact: true }).waitFor();
  const lines = [];
  for (let i = 0; i < WARM_UP + TRIES; i++) {
    const begin = performance.now();
    await api(`services/${service}/invoke`, {
      method: 'POST',
      body: `"line ${i} of ${name}."`,
      headers: { 'content-type': 'application/json' },
    });
    await page.getByText(`line ${i} of ${name}.`).waitFor();
    if (i >= WARM_UP) {
      lines.push(performance.now() - begin);
    }
  }
  told('from a call to its log line in the page', lines);
} finally {
  await browser.close();
  await api(`deployments/${name}`, { method: 'DELETE' }).catch(() => undefined);
}
