import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { sessionStore } from '../src/api/client';
import { Console } from '../src/Console';
import { ANN, type Asked, json, page, refusal, serve } from './server';

const MARKUP = '<img src=x onerror=alert(1)>';

const HELLO = {
  name: 'hello.world',
  deployment: 'Hello',
  revision: 3,
  input: 'Request',
  output: 'Response',
  inside: 0,
  draining: 0,
  calls: 10,
  failures: 0,
  rejected: 0,
  stuck: 0,
  meanMicros: 1500,
  callsPerSecond: 0.1,
  p95Micros: 1500,
};

const DEPLOYMENT = {
  name: 'Hello',
  status: 'live',
  revision: 3,
  services: ['hello.world'],
  parts: [],
  source: 'same',
  since: '2026-01-31T12:00:00Z',
  revisions: [1, 2, 3],
  rejected: [],
};

const HEALTH = { ready: true, reasons: {}, objects: [], deployments: [], certificates: [] };

const CALM = {
  'GET session': () => json(ANN),
  'GET health': () => json(HEALTH),
  'GET services': ({ query }: Asked) => (query.has('failing') ? page() : page(HELLO)),
  'GET services/hello.world': () =>
    json({
      ...HELLO,
      summary: MARKUP,
      inputSchema: { type: 'object', properties: { name: { type: 'string' } } },
    }),
  'GET deployments': ({ query }: Asked) => (query.has('refused') ? page() : page(DEPLOYMENT)),
  'GET deployments/Hello': () => json(DEPLOYMENT),
  'GET objects': () => page(),
  'GET pubsub/topics': () => page(),
  'GET pubsub/queues': () => page(),
  'GET scheduler/jobs': () => page(),
  'GET scheduler': () => json({ server: 's', isLeading: true, isPaused: false, running: 0 }),
  'GET logs': () => page(),
};

function open(address: string) {
  window.history.replaceState(null, '', address);
  render(<Console />);
  return userEvent.setup();
}

describe('log-in', () => {
  it('asks for a password, says why one is refused, and then shows the page of the address', async () => {
    let tries = 0;
    serve({
      ...CALM,
      'GET session': () => refusal(401, 'Unauthorized', 'No session'),
      'POST session': () =>
        tries++ === 0 ? refusal(401, 'Unauthorized', 'Wrong password') : json(ANN),
    });
    const user = open('/services');

    await user.type(await screen.findByLabelText(/User name/), 'ann');
    await user.type(screen.getByLabelText(/Password/), 'no{Enter}');
    expect(await screen.findByText('Wrong password')).toBeDefined();

    await user.type(screen.getByLabelText(/Password/), 'yes{Enter}');
    expect(await screen.findByRole('link', { name: 'hello.world' })).toBeDefined();
    expect(screen.getByText('ann (operator)')).toBeDefined();
  });

  it('is asked for above the page when the session ends', async () => {
    let isOver = false;
    serve({
      ...CALM,
      'GET services': () => (isOver ? refusal(401, 'Unauthorized', 'over') : page(HELLO)),
      'POST session': () => {
        isOver = false;
        return json({ ...ANN, csrfToken: 'token-2' });
      },
    });
    const user = open('/services');
    await screen.findByRole('link', { name: 'hello.world' });

    isOver = true;
    await user.click(screen.getByRole('button', { name: 'Calls' }));
    expect(await screen.findByText('Your session has ended')).toBeDefined();
    expect(screen.getByLabelText('Search services')).toBeDefined();

    await user.type(screen.getByLabelText(/Password/), 'yes{Enter}');
    await waitFor(() => expect(screen.queryByText('Your session has ended')).toBeNull());
    expect(new URLSearchParams(window.location.search).get('sort')).toBe('calls');
  });

  it('is over with the log-out', async () => {
    const asked = serve({ ...CALM, 'DELETE session': () => new Response(null, { status: 204 }) });
    const user = open('/services');

    await user.click(await screen.findByText('ann (operator)'));
    await user.click(await screen.findByText('Log out'));

    expect(await screen.findByLabelText(/User name/)).toBeDefined();
    expect(asked.find(({ method }) => method === 'DELETE')?.headers.get('X-CSRF-Token')).toBe(
      'token-1',
    );
  });
});

describe('the overview', () => {
  it('says that nothing is broken', async () => {
    serve(CALM);
    open('/');

    expect(await screen.findByText('Nothing is broken')).toBeDefined();
    expect(await screen.findByText('ready')).toBeDefined();
  });

  it('names what is broken, with a way to it', async () => {
    serve({
      ...CALM,
      'GET health': () =>
        json({
          ...HEALTH,
          ready: false,
          reasons: { import: MARKUP },
          deployments: [
            {
              ...DEPLOYMENT,
              name: 'Bad',
              status: 'rejected',
              rejected: [
                { file: 'Bad.java', line: 1, column: 1, severity: 'error', message: 'no ;' },
              ],
            },
          ],
          objects: [
            { kind: 'sql', name: 'a/b', origin: 'store', state: 'failed', reason: 'refused' },
          ],
        }),
      'GET pubsub/queues': ({ query }) =>
        query.has('isNearlyFull')
          ? page({ name: 'bob/orders', topic: 'orders', depth: 100, maxDepth: 100 })
          : page({ name: 'ann/orders', topic: 'orders', dead: 2 }),
      'GET scheduler/jobs': () =>
        page({
          name: 'nightly',
          madeBy: 'object',
          service: 'a',
          lastOutcome: 'error',
          misfires: 3,
        }),
    });
    open('/');

    const link = async (name: string) =>
      (await screen.findByRole('link', { name })).getAttribute('href');
    expect(await screen.findByText('not ready')).toBeDefined();
    expect(screen.getByText(MARKUP, { exact: false })).toBeDefined();
    expect(await link('Bad')).toBe('/deployments/Bad');
    expect(await link('sql/a/b')).toBe('/objects/sql/a/b');
    expect(await link('bob/orders')).toBe('/pubsub/queues/bob/orders');
    expect(await link('ann/orders')).toBe('/pubsub/queues/serai.dead/ann/orders');
    expect(await link('nightly')).toBe('/scheduler/jobs/nightly');
    expect(screen.getByText(/2 dead letters/)).toBeDefined();
    expect(screen.getByText(/3 times missed/)).toBeDefined();
    expect(document.querySelector('img')).toBeNull();
  });

  it('does not call well what it could not ask for', async () => {
    serve({ ...CALM, 'GET pubsub/queues': () => refusal(500, 'Internal Server Error', 'broken') });
    open('/');

    expect(await screen.findByText('unknown')).toBeDefined();
    expect(screen.queryByText('Nothing is broken')).toBeNull();
  });
});

describe('the list of services', () => {
  it('lets the server search, sort and page, and keeps that in the address', async () => {
    const asked = serve({
      ...CALM,
      'GET services': () => json({ items: [HELLO], total: 10_000 }),
    });
    const user = open('/services?sort=-calls&page=3');
    await screen.findByRole('link', { name: 'hello.world' });
    const last = () =>
      Object.fromEntries(asked.filter(({ path }) => path === 'services').at(-1)?.query ?? []);
    expect(last()).toEqual({ sort: '-calls', offset: '100', limit: '50' });

    await user.type(screen.getByLabelText('Search services'), 'hello');
    await waitFor(() =>
      expect(last()).toEqual({ q: 'hello', sort: '-calls', offset: '0', limit: '50' }),
    );
    expect(window.location.search).toBe('?sort=-calls&q=hello');

    await user.click(screen.getByRole('button', { name: 'Failures' }));
    await waitFor(() => expect(last()['sort']).toBe('failures'));
  });
});

describe('a service', () => {
  it('is invoked with the example of its schema, and shows all of the answer', async () => {
    const asked = serve({
      ...CALM,
      'POST services/hello.world/invoke': () => json({ greeting: MARKUP }),
      'GET logs': ({ query }) =>
        page({
          number: 1,
          time: '2026-01-31T12:00:00Z',
          level: 'INFO',
          logger: 'a.Hello',
          message: `greeted ${MARKUP}`,
          cid: query.get('cid'),
        }),
    });
    const user = open('/services/hello.world');

    const input = await screen.findByLabelText<HTMLTextAreaElement>('Input');
    expect(JSON.parse(input.value)).toEqual({ name: 'text' });
    await user.click(screen.getByRole('button', { name: 'Invoke' }));

    expect(await screen.findByText(/^200/)).toBeDefined();
    expect(screen.getByText(/"greeting"/).textContent).toContain(MARKUP);
    expect(await screen.findByText(`greeted ${MARKUP}`)).toBeDefined();
    expect(asked.find(({ path }) => path === 'logs')?.query.get('cid')).toBe('cid-1');
    expect(asked.find(({ method }) => method === 'POST')?.body).toBe(input.value);
    expect(document.querySelector('img')).toBeNull();
  });

  it('is rolled back after a question', async () => {
    const asked = serve({
      ...CALM,
      'POST deployments/Hello/rollback': () => json({ status: 'live', revision: 4 }),
    });
    const user = open('/services/hello.world?part=revisions');

    await user.click(await screen.findByRole('button', { name: 'Roll back to 2' }));
    const dialog = await screen.findByRole('dialog');
    expect(asked.some(({ method }) => method === 'POST')).toBe(false);
    await user.click(within(dialog).getByRole('button', { name: 'Roll back' }));

    expect(await screen.findByText(/as revision 4/)).toBeDefined();
    expect(asked.find(({ method }) => method === 'POST')?.body).toBe('{"revision":2}');
  });

  it('asks again before a roll-back restarts other bundles', async () => {
    const asked = serve({
      ...CALM,
      'POST deployments/Hello/rollback': ({ query }) =>
        query.get('force') === 'true'
          ? json({ status: 'live', revision: 4 })
          : refusal(409, 'Conflict', 'Others are restarted', {
              affected: [{ id: 7, name: 'neighbour', version: '1.0.0', services: [] }],
            }),
    });
    const user = open('/services/hello.world?part=revisions');

    await user.click(await screen.findByRole('button', { name: 'Roll back to 1' }));
    await user.click(screen.getByRole('button', { name: 'Roll back' }));
    expect(await screen.findByText(/neighbour/)).toBeDefined();
    await user.click(screen.getByRole('button', { name: 'Roll back and restart them' }));

    expect(await screen.findByText(/as revision 4/)).toBeDefined();
    expect(asked.filter(({ method }) => method === 'POST')).toHaveLength(2);
  });

  it('is neither invoked nor rolled back by a viewer', async () => {
    serve({ ...CALM, 'GET session': () => json({ ...ANN, role: 'viewer' }) });
    const user = open('/services/hello.world');

    await user.click(await screen.findByRole('tab', { name: 'Revisions' }));
    expect(await screen.findByText(/live since|since/)).toBeDefined();
    expect(screen.queryByRole('tab', { name: 'Invoke' })).toBeNull();
    expect(screen.queryByRole('button', { name: /Roll back/ })).toBeNull();
  });
});

describe('find', () => {
  it('opens by Ctrl+K and leads to what has the name', async () => {
    serve({
      ...CALM,
      'GET objects': () =>
        page({ kind: 'channel_rest', name: 'hello', origin: 'store', state: 'open' }),
      'GET routes': () => page(),
    });
    const user = open('/logs');
    await screen.findByRole('heading', { name: 'Logs' });

    await user.keyboard('{Control>}k{/Control}');
    await user.type(await screen.findByLabelText('Part of a name'), 'hello');
    await screen.findByText('channel_rest');
    await user.keyboard('{Enter}');

    await waitFor(() => expect(window.location.pathname).toBe('/services/hello.world'));
  });
});

describe('a server that does not answer', () => {
  it('is said to, and the page goes on when it is back', async () => {
    let isUp = true;
    const answer = () => (isUp ? page(HELLO) : Promise.reject(new TypeError('refused')));
    const session = () => (isUp ? json(ANN) : Promise.reject(new TypeError('refused')));
    serve({ ...CALM, 'GET services': answer, 'GET session': session });
    const user = open('/services');
    await screen.findByRole('link', { name: 'hello.world' });

    isUp = false;
    await user.click(screen.getByRole('button', { name: 'Calls' }));
    expect(await screen.findByText(/goes on as soon as it is back/)).toBeDefined();

    isUp = true;
    await waitFor(() => expect(screen.queryByText(/as soon as it is back/)).toBeNull());
    expect(sessionStore.get().is).toBe('open');
  });
});
