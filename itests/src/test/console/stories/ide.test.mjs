import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAccessible, logIn, open, picture, story, until } from '../browser.mjs';
import { address, ADMIN, api, greeter, restart, unique, user } from '../server.mjs';

const FOLDER = 'deploy';

/** A name that a Java class can have. */
const className = (prefix) => unique(prefix).replace('-', '');
const invoked = async (service, name = 'Ada') =>
  (await api('POST', `services/${service}/invoke`, JSON.stringify({ name }))).json.greeting;
const editor = (page, file) => page.getByRole('textbox', { name: `Text of ${file}` });

/** Saves a file as somebody else does. */
async function put(file, text) {
  const saved = await api('PUT', `files/${file}`, text, 'text/plain');
  assert.ok(saved.status < 300, saved.text);
}

async function textOf(file) {
  return (await api('GET', `files/${file}`)).text;
}

/** Puts another text into the editor, as if it were pasted. */
async function write(page, file, text) {
  await editor(page, file).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

/** A service in a file of its own. */
async function served(prefix, answer = 'One') {
  const name = className(prefix);
  const service = unique(`stories.ide`);
  const file = `${FOLDER}/${name}.java`;
  const source = (text) => greeter(service, text).replaceAll('Greeter', name);
  await put(file, source(answer));
  return { name, service, file, source };
}

test(
  'a service that is begun, written and saved in the page is live, and answers others',
  story({}, async (page) => {
    const name = className('Begun');
    const service = unique('stories.begun');
    const file = `${FOLDER}/${name}.java`;
    await logIn(page, '/ide');
    await page.getByRole('button', { name: 'New file' }).click();
    const dialog = page.getByRole('dialog', { name: 'New file' });
    await dialog.getByLabel('Name').fill('no class');
    await dialog.getByText('A class can’t have this name.').waitFor();
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByText(file).waitFor();
    await picture(page, 'ide new file');
    await dialog.getByRole('button', { name: 'Begin' }).click();
    await page.waitForURL(address(`/ide/${file}`));
    await page.getByText('not saved yet', { exact: true }).waitFor();
    assert.equal((await api('GET', `files/${file}`)).status, 404);

    await write(page, file, greeter(service, 'Begun').replaceAll('Greeter', name));
    await page.getByText('Nothing is wrong with it').waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText(/Revision 1 is live, after \d/).waitFor();
    assert.equal(await invoked(service), 'Begun, Ada');

    await page.getByLabel('Input').fill('{"name": "page"}');
    await page.getByRole('button', { name: 'Invoke' }).click();
    await page.getByText('"Begun, page"').waitFor();
    await picture(page, 'ide live');
    await page.getByRole('tab', { name: 'Log' }).click();
    await page.getByRole('region', { name: 'Log lines' }).getByText('greeting page').waitFor();
  }),
);

test(
  'an error is told at its line, the old revision answers on, and the mended text is live',
  story({}, async (page) => {
    const { service, file, source } = await served('Erring');
    await logIn(page, `/ide/${file}`);
    await write(page, file, source('Two').replace('return new', 'return nothing; new'));
    const problems = page.getByRole('list', { name: 'Problems' });
    await problems
      .getByRole('button', { name: /^line \d+$/ })
      .first()
      .waitFor();
    assert.equal(await invoked(service), 'One, Ada');

    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Refused. Nothing has changed: revision 1 serves.').waitFor();
    assert.equal(await invoked(service), 'One, Ada');
    assert.equal(await textOf(file), source('One'));
    await problems
      .getByRole('button', { name: /^line \d+$/ })
      .first()
      .click();
    const at = await editor(page, file).evaluate(
      ({ ownerDocument, parentElement }) =>
        parentElement.parentElement.querySelector('.cm-activeLine')?.textContent ??
        ownerDocument.title,
    );
    assert.match(at, /return nothing/);
    await picture(page, 'ide refused');

    await write(page, file, source('Three'));
    await problems.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+s');
    await page.getByText(/Revision 2 is live/).waitFor();
    assert.equal(await invoked(service), 'Three, Ada');
    assert.equal(await textOf(file), source('Three'));
  }),
);

test(
  'two browsers on one file: neither loses an edit',
  story({}, async (page, context) => {
    const { service, file, source } = await served('Shared');
    const other = await user(unique('developer'), 'developer');
    const second = await context.browser().newContext({ locale: 'en-US' });
    try {
      const their = await second.newPage();
      await logIn(their, `/ide/${file}`, other);
      await logIn(page, `/ide/${file}`);
      await write(page, file, source('Mine'));
      await write(their, file, source('Theirs'));
      await their.keyboard.press('Control+s');
      await their.getByText(/Revision 2 is live/).waitFor();

      await page.getByText('Somebody else has saved the file while you were editing').waitFor();
      await page.keyboard.press('Control+s');
      assert.equal(await invoked(service), 'Theirs, Ada');
      await page.getByRole('button', { name: 'Compare and choose' }).click();
      await page.getByText('Theirs, on the server').waitFor();
      await page.getByRole('textbox', { name: 'Mine' }).getByText('Mine, ').waitFor();
      await isAccessible(page);
      await picture(page, 'ide conflict');
      await page.getByRole('button', { name: 'Keep mine' }).click();
      await editor(page, file).getByText('Mine, ').waitFor();
      await page.keyboard.press('Control+s');
      await page.getByText(/Revision 3 is live/).waitFor();
      assert.equal(await invoked(service), 'Mine, Ada');

      // The other one has changed nothing since, and has the new text by itself.
      await editor(their, file).getByText('Mine, ').waitFor();
      await their.getByText('Somebody has saved the file').waitFor();
    } finally {
      await second.close();
    }
  }),
);

test(
  'a save that comes too late shows both texts, and theirs can be taken',
  story({}, async (page) => {
    const { service, file, source } = await served('Late');
    await logIn(page, `/ide/${file}`);
    await write(page, file, source('Mine'));
    await page.route('**/api/v1/files/**', async (route) => {
      // Of all that this page would hear of it, the refusal of the save comes first.
      if (route.request().method() === 'GET') {
        return;
      }
      await route.continue();
    });
    await put(file, source('Theirs'));
    await page.unroute('**/api/v1/files/**');
    await page.keyboard.press('Control+s');
    const compare = page.getByRole('button', { name: 'Compare and choose' });
    const take = page.getByRole('button', { name: 'Take theirs' });
    await compare.or(take).waitFor();
    if (await compare.isVisible()) {
      await compare.click();
    }
    await take.click();
    await editor(page, file).getByText('Theirs, ').waitFor();
    assert.equal(await page.getByText('draft', { exact: true }).count(), 0);
    assert.equal(await invoked(service), 'Theirs, Ada');
  }),
);

test(
  'a draft outlives a reload, another page and a restart of the server',
  story({}, async (page) => {
    const { service, file, source } = await served('Drafted');
    await logIn(page, `/ide/${file}`);
    await write(page, file, source('Draft'));
    await page.getByRole('link', { name: 'Services', exact: true }).click();
    await page.getByRole('heading', { name: 'Services', level: 1 }).waitFor();
    await page.goBack();
    await page.getByText(/Your draft of .* was restored/).waitFor();
    await page.reload();
    await page.getByText(/Your draft of .* was restored/).waitFor();
    await editor(page, file).getByText('Draft, ').waitFor();
    await picture(page, 'ide draft');
    assert.equal(await textOf(file), source('One'));

    await restart();
    const dialog = page.getByRole('dialog', { name: 'Your session has ended' });
    await dialog.getByLabel('Password').fill(ADMIN.password);
    await dialog.getByRole('button', { name: 'Log in' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await editor(page, file).getByText('Draft, ').waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText(/Revision 2 is live/).waitFor();
    assert.equal(await invoked(service), 'Draft, Ada');
    await page.reload();
    await editor(page, file).getByText('Draft, ').waitFor();
    assert.equal(await page.getByText(/was restored/).count(), 0);
  }),
);

test(
  'old revisions are compared with the text, and brought back',
  story({}, async (page) => {
    const { name, service, file, source } = await served('Old');
    await put(file, source('Two'));
    await logIn(page, `/ide/${file}?part=history`);
    await page.getByRole('button', { name: 'Compare with 1' }).click();
    const old = page.getByRole('textbox', { name: 'Revision 1' });
    await old.getByText('One, ').waitFor();
    await picture(page, 'ide history');
    assert.equal(new URL(page.url()).searchParams.get('compare'), '1');

    await page.getByRole('button', { name: 'Roll back to 1' }).click();
    const dialog = page.getByRole('dialog', { name: `Roll ${name} back to revision 1?` });
    await dialog.getByRole('button', { name: 'Roll back' }).click();
    await editor(page, file).getByText('One, ').waitFor();
    assert.equal(await invoked(service), 'One, Ada');
  }),
);

test(
  'a sample is called again when a revision goes live, and what it answers now is compared',
  story({}, async (page) => {
    const { file, source } = await served('Sampled');
    await logIn(page, `/ide/${file}`);
    await page.getByLabel('Input').fill('{"name": "Ada"}');
    await page.getByRole('button', { name: 'Invoke' }).click();
    await page.getByLabel('Name of the sample').fill('ada');
    await page.getByRole('button', { name: 'Keep as a sample' }).click();
    await page.getByRole('button', { name: 'Call them again' }).click();
    await page.getByText('answers the same').waitFor();
    await page.getByLabel('Also when a revision goes live').check();

    await write(page, file, source('Two'));
    await page.keyboard.press('Control+s');
    await page.getByText(/Revision 2 is live/).waitFor();
    await page.getByText('answers something else').waitFor();
    await page.getByRole('textbox', { name: 'Answer now' }).getByText('Two, Ada').waitFor();
    await isAccessible(page);
    await picture(page, 'ide samples');
    await page.getByRole('button', { name: 'Take it as the answer' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Call them again' }).click();
    await page.getByText('answers the same').waitFor();
  }),
);

test(
  'a configuration that the kinds refuse changes nothing, and is applied when it is right',
  story({}, async (page) => {
    const { service } = await served('Channelled');
    const channel = unique('ide');
    const file = `${FOLDER}/${unique('serai')}.yaml`;
    const text = (path) =>
      `channel_rest:\n  - name: ${channel}\n    service: ${service}\n    ${path}: /${channel}\n`;
    await put(file, text('url_path'));
    await logIn(page, `/ide/${file}`);
    await write(page, file, text('url_pth'));
    await page.getByRole('list', { name: 'Problems' }).getByText('url_pth').first().waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText('Refused. Nothing has changed.').waitFor();
    assert.equal((await api('GET', `objects/channel_rest/${channel}`)).json.state, 'open');
    await picture(page, 'ide configuration');

    await write(page, file, text('url_path').replace(`/${channel}`, `/${channel}/new`));
    await page.keyboard.press('Control+s');
    await page.getByText(/The configuration is applied/).waitFor();
    await until(
      'the channel is changed',
      async () =>
        (await api('GET', `objects/channel_rest/${channel}`)).json.fields.url_path ===
        `/${channel}/new`,
    );
  }),
);

test(
  'a Camel route is begun from the template and runs',
  story({}, async (page) => {
    const name = unique('ticking');
    await logIn(page, '/ide');
    await page.getByRole('button', { name: 'New file' }).click();
    const dialog = page.getByRole('dialog', { name: 'New file' });
    await dialog.getByLabel('It begins as').selectOption('Camel route (YAML)');
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByRole('button', { name: 'Begin' }).click();
    await page.waitForURL(address(`/ide/${FOLDER}/${name}.camel.yaml`));
    await editor(page, `${FOLDER}/${name}.camel.yaml`).waitFor();
    await page.keyboard.press('Control+s');
    await page.getByText(/Revision 1 is live/).waitFor();
    const { items } = (await api('GET', `routes?deployment=${name}`)).json;
    assert.equal(items.length, 1);
  }),
);

test(
  'a file gets another name while its service serves, and is deleted when its name was typed',
  story({}, async (page) => {
    const { name, service, file } = await served('Named');
    const to = `${FOLDER}/moved/${name}.java`;
    await logIn(page, `/ide/${file}`);
    await page.getByRole('button', { name: 'Rename' }).click();
    const renaming = page.getByRole('dialog', { name: 'Rename the file' });
    await renaming.getByLabel('New path').fill(to);
    await renaming.getByRole('button', { name: 'Rename' }).click();
    await page.waitForURL(address(`/ide/${to}`));
    await editor(page, to).getByText('One, ').waitFor();
    assert.equal(await invoked(service), 'One, Ada');

    await page.getByRole('button', { name: 'Delete' }).click();
    const deleting = page.getByRole('dialog', { name: 'Delete the file?' });
    await deleting.getByRole('textbox').fill('something else');
    assert.ok(await deleting.getByRole('button', { name: 'Delete' }).isDisabled());
    await deleting.getByRole('textbox').fill(`${name}.java`);
    await picture(page, 'ide delete');
    await deleting.getByRole('button', { name: 'Delete' }).click();
    await page.waitForURL(address('/ide'));
    assert.equal((await api('GET', `files/${to}`)).status, 404);
    await until(
      'the service is gone',
      async () => (await api('GET', `services/${service}`)).status === 404,
    );
  }),
);

test(
  'services, deployments and errors lead to their line in the editor',
  story({}, async (page) => {
    const { name, service, file } = await served('Led');
    await api('POST', `deployments/${name}?dryRun=false`, 'broken', 'text/plain');
    await logIn(page, `/services/${service}`);
    await page.getByRole('link', { name: 'Its source' }).click();
    await page.waitForURL(address(`/ide/${file}`));
    await open(page, `/deployments/${name}`);
    await page.getByRole('link', { name: new RegExp(`${name}.java$`) }).click();
    await page.waitForURL(address(`/ide/${file}`));
    await open(page, `/deployments/${name}`);
    await page
      .getByRole('link', { name: /:1:\d+$/ })
      .first()
      .click();
    await page.waitForURL(address(`/ide/${file}?line=1`));
    await editor(page, file).getByText('One, ').waitFor();
  }),
);

test(
  'what a service can do is offered with its words, chosen by keys, and imported',
  story({}, async (page) => {
    const { service, file, source } = await served('Helped');
    const text = source('One').replace('context.log()', '\n    context.log()');
    await put(file, text);
    const line = text.slice(0, text.indexOf('\n    context.log()')).split('\n').length;
    await logIn(page, `/ide/${file}?line=${line}`);
    const options = page.getByRole('listbox', { name: 'Completions' });
    await editor(page, file).getByText('greeting {}').waitFor();
    await page.keyboard.press('End');

    await page.keyboard.type('String cid = context.ci');
    await options.getByRole('option').filter({ hasText: 'cid()' }).waitFor();
    await page.getByText('The correlation id: one for each tree of calls').waitFor();
    await isAccessible(page);
    await picture(page, 'ide completion');
    await page.keyboard.press('Enter');
    await options.waitFor({ state: 'detached' });
    await page.keyboard.type(';\nvar seen = new LinkedHashM');
    await options.getByRole('option').filter({ hasText: 'LinkedHashMap' }).waitFor();
    await isAccessible(page);
    await page.keyboard.press('Enter');
    await editor(page, file).getByText('import java.util.LinkedHashMap;').waitFor();
    await page.keyboard.type('<String, String>();');

    await page.keyboard.press('Control+s');
    await page.getByText(/Revision 3 is live/).waitFor();
    assert.equal(await invoked(service), 'One, Ada');
    const saved = await textOf(file);
    assert.match(saved, /String cid = context\.cid\(\);\n {4}var seen = new LinkedHashMap<String/);
    assert.equal(saved.match(/import java\.util\.LinkedHashMap;\n/g).length, 1);
  }),
);

test(
  'what stands under the pointer, or the cursor, is explained by its Javadoc',
  story({ colorScheme: 'dark' }, async (page) => {
    const { file } = await served('Explained');
    await logIn(page, `/ide/${file}`);
    const words = page.getByText('A piece of business logic with a dotted name');
    const name = editor(page, file).getByText('Service', { exact: true }).first();
    await name.hover();
    await words.waitFor();
    await isAccessible(page);
    await picture(page, 'ide hover');
    await page.mouse.move(0, 0);
    await words.waitFor({ state: 'detached' });

    await name.click();
    await page.mouse.move(0, 0);
    await page.keyboard.press('F1');
    await words.waitFor();
    await page.keyboard.press('Escape');
    await words.waitFor({ state: 'detached' });
  }),
);

test(
  'a viewer sees which files there are, and no text',
  story({}, async (page) => {
    const { name, service, file } = await served('Hidden');
    const viewer = await user(unique('viewer'), 'viewer');
    await logIn(page, `/services/${service}`, viewer);
    await page.getByRole('heading', { name: service, level: 1 }).waitFor();
    assert.equal(await page.getByRole('link', { name: 'Its source' }).count(), 0);
    await open(page, `/ide?q=${name}`);
    await page.getByRole('link', { name: `${name}.java` }).click();
    await page.getByText('The text needs the role developer').waitFor();
    assert.equal(await editor(page, file).count(), 0);
    assert.equal(await page.getByRole('button', { name: /Save|Rename|Delete|New/ }).count(), 0);
    await picture(page, 'ide viewer');
  }),
);

test(
  'the log of a file is that of all its services',
  story({}, async (page) => {
    const { name, service, file, source } = await served('Several');
    const second = unique('stories.second');
    const both = source('One').replace(
      /}\s*$/,
      `
  @ServiceName("${second}")
  public static class Second implements Service<Request, Response> {
    @Override
    public Response handle(Request request, Context context) {
      context.log().info("also {}", request.name());
      return new Response(request.name());
    }
  }
}
`,
    );
    await put(file, both);
    assert.equal((await api('GET', `deployments/${name}`)).json.services.length, 2);
    await logIn(page, `/ide/${file}?part=log`);
    const lines = page.getByRole('region', { name: 'Log lines' });
    await page.getByText('live', { exact: true }).last().waitFor();
    await invoked(service, 'first');
    await api('POST', `services/${second}/invoke`, JSON.stringify({ name: 'second' }));
    await lines.getByText('greeting first').waitFor();
    await lines.getByText('also second').waitFor();
  }),
);
