// How long a save takes, from the keys to the words that the new revision is live, as seen in Chromium on a server that runs.
//   SERAI_URL=http://127.0.0.1:8183 SERAI_PASSWORD=... node benchmarks/console/saves.mjs [SAVES]
// Needs the packages of itests/src/test/console (itests/src/test/console/run installs them).

import { createRequire } from 'node:module';

const WARM_UP = 5;
const LIMIT_MILLIS = 60_000;
const url = process.env.SERAI_URL ?? 'http://127.0.0.1:8183';
const password = process.env.SERAI_PASSWORD ?? '';
const saves = Number(process.argv[2] ?? 50);
const authorization = 'Basic ' + Buffer.from(`admin:${password}`).toString('base64');
const require = createRequire(
  new URL('../../itests/src/test/console/package.json', import.meta.url),
);
const { chromium } = require('playwright-core');
const file = `Saved${Date.now()}`;

async function api(path, options = {}) {
  const response = await fetch(`${url}/api/v1/${path}`, {
    ...options,
    headers: { authorization, ...options.headers },
  });
  if (!response.ok) {
    throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }
}

const source = (word) => `import org.caravanserai.api.*;

@ServiceName("benchmark.saved")
public class ${file} implements Service<${file}.Request, ${file}.Response> {
  public record Request(String name) {}
  public record Response(String greeting) {}

  @Override
  public Response handle(Request request, Context context) {
    return new Response("${word}, " + request.name());
  }
}
`;

const part = (sorted, share) => Math.round(sorted[Math.floor((sorted.length - 1) * share)]);
const told = (name, millis) => {
  const sorted = millis.toSorted((a, b) => a - b);
  console.log(
    `${name}: p50 ${part(sorted, 0.5)} ms, p95 ${part(sorted, 0.95)} ms, worst ${part(sorted, 1)} ms`,
  );
};

const browser = await chromium.launch({
  executablePath: process.env.SERAI_CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
});
try {
  const headers = { 'content-type': 'text/plain' };
  await api(`files/deploy/${file}.java`, { method: 'PUT', body: source('0'), headers });
  const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1280, height: 900 } });
  await page.goto(`${url}/ide/deploy/${file}.java`);
  await page.getByLabel('User name').fill('admin');
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  const text = page.getByRole('textbox', { name: /Text of/ });
  const seen = [];
  const said = [];
  for (let i = 1; i <= WARM_UP + saves; i++) {
    await text.click();
    await page.keyboard.press('Control+a');
    await page.keyboard.insertText(source(String(i)));
    const [millis, words] = await page.evaluate(
      (limit) =>
        new Promise((resolve, reject) => {
          const begin = performance.now();
          const look = () => {
            const told = document.querySelector('.serai-ide-told')?.textContent ?? '';
            const passed = performance.now() - begin;
            if (/is live, after/.test(told)) {
              resolve([passed, told]);
            } else if (passed > limit) {
              reject(new Error(`not live, but: ${told}`));
            } else {
              requestAnimationFrame(look);
            }
          };
          window.dispatchEvent(
            new KeyboardEvent('keydown', { key: 's', ctrlKey: true, bubbles: true }),
          );
          requestAnimationFrame(look);
        }),
      LIMIT_MILLIS,
    );
    if (i > WARM_UP) {
      seen.push(millis);
      said.push(Number(/after ([\d.]+)/.exec(words)[1]));
    }
  }
  console.log(`${saves} saves`);
  told('from the keys to what is seen', seen);
  told('of it the request, as the page says', said);
} finally {
  await browser.close();
  await api(`files/deploy/${file}.java`, { method: 'DELETE' }).catch(() => undefined);
}
