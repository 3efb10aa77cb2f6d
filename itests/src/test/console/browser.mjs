// A browser, and what every story does in it.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { after, before } from 'node:test';
import axe from '@axe-core/playwright';
import { chromium, errors } from 'playwright-core';
import { address, ADMIN } from './server.mjs';

const AxeBuilder = axe.default ?? axe;
const pictures = process.env.SERAI_PICTURES ?? 'target/console';
const LIMIT_MILLIS = 60_000;

let browser;

before(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await chromium.launch({
    executablePath: process.env.SERAI_CHROMIUM ?? '/usr/bin/chromium',
    // The sandbox needs rights that containers do not have; the pages are ours.
    args: ['--no-sandbox', '--disable-dev-shm-usage'],
  });
});
after(() => browser?.close());

async function newPage(options) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    locale: 'en-US',
    ...options,
  });
  context.setDefaultTimeout(LIMIT_MILLIS);
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  page.on('console', (message) => {
    // Chromium tells of every refusal of the server as well; the stories look at those themselves.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      faults.push(message.text());
    }
  });
  return { page, faults };
}

async function watched({ page, faults }, name, play) {
  try {
    await play(page);
    assert.deepEqual(faults.splice(0), []);
  } catch (failure) {
    await picture(page, `failed ${name}`).catch(() => undefined);
    throw failure;
  }
}

/** Plays a story on a page of its own; fails if the page had an error or broke its security policy. */
export function story(options, play) {
  return async (t) => {
    const opened = await newPage(options);
    try {
      await watched(opened, t.name, (page) => play(page, page.context()));
    } finally {
      await opened.page.context().close();
    }
  };
}

/** Many looks at one page, which is logged in: the files of the console are loaded once. */
export function visits(options) {
  let opened;
  return (look) => async (t) => {
    if (!opened) {
      opened = await newPage(options);
      await logIn(opened.page);
    }
    await watched(opened, t.name, look);
  };
}

/** Opens an address of the console and logs in there. */
export async function logIn(page, path = '/', { name, password } = ADMIN) {
  await page.goto(address(path));
  await page.getByLabel('User name').fill(name);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByRole('button', { name: `${name} (` }).waitFor();
}

/** Opens an address of the console. */
export async function open(page, path) {
  await page.goto(address(path));
}

/** Keeps a picture of the page. */
export async function picture(page, name) {
  await page.screenshot({ path: join(pictures, `${name.replaceAll(/[^a-z0-9]+/gi, '-')}.png`) });
}

/** Asks axe whether everybody can use the page; of some rules only, if they are given. */
export async function isAccessible(page, rules) {
  const axes = new AxeBuilder({ page });
  const { violations } = await (rules ? axes.withRules(rules) : axes).analyze();
  const told = violations.map(({ id, help, nodes }) => ({
    id,
    help,
    where: nodes.map(({ html, failureSummary }) => `${html} ${failureSummary}`),
  }));
  assert.deepEqual(told, []);
}

/** Waits until something holds. */
export async function until(what, holds) {
  const end = Date.now() + LIMIT_MILLIS;
  for (;;) {
    const isSo = await holds();
    if (isSo) {
      return isSo;
    }
    if (Date.now() > end) {
      throw new errors.TimeoutError(`not within ${LIMIT_MILLIS} ms: ${what}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
