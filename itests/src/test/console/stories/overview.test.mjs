import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logIn, picture, story } from '../browser.mjs';
import { address, api, deploy, greeter, save, unique } from '../server.mjs';

test(
  'a deployment that fails is on the overview until it is mended, with a way to the line',
  story({}, async (page) => {
    const name = unique('Broken');
    await logIn(page);
    await save(`${name}.java`, 'public class Broken {\n  int x = "text";\n}\n');

    await page.getByRole('link', { name }).waitFor();
    await picture(page, 'overview broken');
    await page.getByRole('link', { name }).click();
    await page.waitForURL(address(`/deployments/${name}`));
    await page.getByText(/:2:\d+/).waitFor();

    await page.goBack();
    await page.getByRole('link', { name }).waitFor();
    await save(`${name}.java`, greeter(unique('stories.mended'), 'Hi'));
    await page.getByRole('link', { name }).waitFor({ state: 'detached' });
  }),
);

test(
  'an object that cannot open is on the overview with its reason',
  story({}, async (page) => {
    const name = unique('lost');
    const secret = unique('no-such');
    const made = await api(
      'PUT',
      `objects/security/${name}`,
      JSON.stringify({ type: 'basic_auth', username: name, password: `\${secret:${secret}}` }),
    );
    assert.equal(made.status, 201, made.text);
    try {
      await logIn(page);
      await page.getByRole('link', { name: `security/${name}` }).click();
      await page.waitForURL(address(`/objects/security/${name}`));
      await page.getByText('It is waiting').waitFor();
      await page.getByText(`waiting for secret ${secret}`).waitFor();
    } finally {
      await api('DELETE', `objects/security/${name}`);
    }
  }),
);

test(
  'a channel whose service is not deployed is on the overview until it is',
  story({}, async (page) => {
    const service = unique('stories.missing');
    const made = await api(
      'PUT',
      `objects/channel_rest/${service}`,
      JSON.stringify({ service, url_path: `/${service}` }),
    );
    assert.equal(made.status, 201, made.text);
    try {
      await logIn(page);
      const fault = page.getByRole('listitem').filter({ hasText: `channel_rest/${service}` });
      await fault.getByText(`open: missing service ${service}`).waitFor();
      await deploy(unique('Missing'), greeter(service, 'Hi'));
      await fault.waitFor({ state: 'detached' });
    } finally {
      await api('DELETE', `objects/channel_rest/${service}`);
    }
  }),
);
