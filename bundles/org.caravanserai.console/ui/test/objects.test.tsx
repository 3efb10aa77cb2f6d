import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { Console } from '../src/Console';
import { ANN, json, page, refusal, serve } from './server';

const KIND = {
  name: 'door',
  key: 'name',
  help: 'Something that opens.',
  isConnection: true,
  actions: ['knock'],
  schema: {
    type: 'object',
    required: ['name', 'place'],
    properties: {
      name: { type: 'string' },
      is_active: { type: ['boolean', 'string'], default: true },
      place: { type: 'string', description: 'Where it is.' },
      code: { type: 'string', writeOnly: true },
      lock: { type: 'string', 'x-serai-reference': 'lock' },
      tags: { type: 'array', items: { type: 'string' }, default: [] },
      rules: {
        type: 'array',
        items: {
          type: 'object',
          required: ['limit'],
          properties: { limit: { type: ['integer', 'string'] } },
        },
      },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
      color: { type: 'string', anyOf: [{ enum: ['red', 'blue'] }, { pattern: 'x' }] },
    },
  },
};

const FRONT = {
  kind: 'door',
  name: 'front',
  origin: 'store',
  state: 'open',
  etag: 'one',
  fields: { name: 'front', place: 'A', code: '${secret:door/front/code}' },
  refersTo: [{ kind: 'lock', name: 'safe' }],
  referredBy: [{ kind: 'house', name: 'h' }],
  services: [],
};

const SERVER = {
  'GET session': () => json(ANN),
  'GET kinds': () => page(KIND),
  'GET objects': () => page(),
  'GET objects/door/front': () => json(FRONT),
};

function open(address: string) {
  window.history.replaceState(null, '', address);
  render(<Console />);
  return userEvent.setup();
}

describe('the form of an object', () => {
  it('is made from the schema of its kind, and sends what was filled in', async () => {
    let tries = 0;
    const asked = serve({
      ...SERVER,
      'PUT objects/door/back': () =>
        tries++ === 0
          ? refusal(422, 'Unprocessable Content', 'wrong', {
              diagnostics: [
                { file: 'x', line: 3, column: 3, severity: 'error', message: 'place: taken' },
              ],
            })
          : json({ ...FRONT, name: 'back' }, 201),
    });
    const user = open('/objects/new/door');

    await user.type(await screen.findByRole('textbox', { name: 'name' }), 'back');
    await user.type(screen.getByRole('textbox', { name: 'place' }), 'B');
    await user.selectOptions(screen.getByRole('combobox', { name: 'color' }), 'blue');
    await user.selectOptions(screen.getByRole('combobox', { name: 'is_active' }), 'false');
    await user.click(screen.getByRole('button', { name: 'Add to tags' }));
    await user.type(screen.getByRole('textbox', { name: 'tags 1' }), 't');
    await user.click(screen.getByRole('button', { name: 'Add to rules' }));
    await user.type(screen.getByRole('textbox', { name: 'limit' }), '5');
    await user.click(screen.getByRole('button', { name: 'Add to labels' }));
    await user.type(screen.getByRole('textbox', { name: 'labels, new name' }), 'k{Enter}');
    await user.type(screen.getByRole('textbox', { name: 'labels k' }), 'v');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await user.click(await screen.findByRole('button', { name: 'place' }));
    expect(document.activeElement?.id).toBe('field-place');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText(/door\/back is saved/);

    const put = asked.filter(({ method }) => method === 'PUT').at(-1);
    expect(put?.headers.get('If-None-Match')).toBe('*');
    expect(JSON.parse(put?.body ?? '')).toEqual({
      name: 'back',
      place: 'B',
      color: 'blue',
      is_active: false,
      tags: ['t'],
      rules: [{ limit: 5 }],
      labels: { k: 'v' },
    });
  });

  it('leaves a secret as it is, and shows both sides when another was faster', async () => {
    const theirs = { ...FRONT, etag: 'two', fields: { ...FRONT.fields, color: 'red' } };
    let isChanged = false;
    const asked = serve({
      ...SERVER,
      'GET objects/door/front': () => json(isChanged ? theirs : FRONT),
      'PUT objects/door/front': ({ headers, body }) => {
        isChanged = true;
        return headers.get('If-Match') === '"two"'
          ? json({ ...theirs, fields: JSON.parse(body) as unknown })
          : refusal(412, 'Precondition Failed', 'It is another now');
      },
    });
    const user = open('/objects/door/front?part=edit');

    const place = await screen.findByRole('textbox', { name: 'place' });
    await user.clear(place);
    await user.type(place, 'C');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    const difference = await screen.findByRole('region', { name: 'Theirs and yours' });
    within(difference).getByText(/"place": "C"/);
    await user.click(screen.getByRole('button', { name: 'Merge both' }));
    await user.click(await screen.findByRole('button', { name: 'Save' }));
    await screen.findByText(/door\/front is saved/);

    const puts = asked.filter(({ method }) => method === 'PUT');
    expect(JSON.parse(puts.at(-1)?.body ?? '')).toEqual({
      name: 'front',
      place: 'C',
      code: '${secret:door/front/code}',
      color: 'red',
    });
  });
});

describe('the page of an object', () => {
  it('has links both ways, and wants the name typed before it is gone', async () => {
    const asked = serve({
      ...SERVER,
      'DELETE objects/door/front': () => refusal(409, 'Conflict', 'house/h refers to door/front'),
    });
    const user = open('/objects/door/front');
    const links = await screen.findAllByRole('link', { name: /lock\/safe|house\/h/ });
    expect(links.map((link) => link.getAttribute('href'))).toEqual([
      '/objects/lock/safe',
      '/objects/house/h',
    ]);
    expect(screen.getByRole('button', { name: 'Ping' })).toBeDefined();
    expect(screen.getByRole('button', { name: 'Knock' })).toBeDefined();

    await user.click(screen.getByRole('button', { name: 'Delete' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.type(dialog.getByRole('textbox'), 'front');
    await user.click(dialog.getByRole('button', { name: 'Delete' }));
    await dialog.findByText('house/h refers to door/front');
    const deletion = asked.find(({ method }) => method === 'DELETE');
    expect(deletion?.headers.get('If-Match')).toBe('"one"');
  });
});
