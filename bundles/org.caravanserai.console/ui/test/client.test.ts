import { describe, expect, it } from 'vitest';
import {
  call,
  logIn,
  path,
  post,
  Problem,
  query,
  reachableStore,
  sessionStore,
} from '../src/api/client';
import { ANN, json, refusal, serve } from './server';

describe('the client', () => {
  it('sends the token of the session with what changes something', async () => {
    const asked = serve({
      'POST session': () => json(ANN),
      'POST things': () => json({}),
      'GET things': () => json({}),
    });

    await logIn('ann', 'secret');
    await post('things', {});
    await call('things');

    expect(asked.map(({ headers }) => headers.get('X-CSRF-Token'))).toEqual([
      null,
      'token-1',
      null,
    ]);
    expect(asked.every(({ headers }) => headers.get('X-Requested-With') === 'serai')).toBe(true);
  });

  it('tells a refusal as it was told', async () => {
    const diagnostics = [
      { file: 'A.java', line: 1, column: 2, severity: 'error', message: 'no such type' },
    ];
    serve({
      'GET things': () => refusal(422, 'Unprocessable Content', 'It is bad', { diagnostics }),
    });

    const problem: unknown = await call('things').catch((failure: unknown) => failure);

    expect(problem).toBeInstanceOf(Problem);
    expect(problem).toMatchObject({ status: 422, detail: 'It is bad', cid: 'cid-1', diagnostics });
  });

  it('knows that a session has ended', async () => {
    sessionStore.set({ is: 'open', session: ANN });
    serve({ 'GET things': () => refusal(401, 'Unauthorized', 'Who are you?') });

    await expect(call('things')).rejects.toThrow('Who are you?');

    expect(sessionStore.get()).toEqual({ is: 'ended', session: ANN });
  });

  it('knows that the server does not answer, and that it is back', async () => {
    let isUp = false;
    serve({ 'GET things': () => (isUp ? json({}) : Promise.reject(new TypeError('refused'))) });

    await expect(call('things')).rejects.toThrow('does not answer');
    expect(reachableStore.get()).toBe(false);

    isUp = true;
    await call('things');
    expect(reachableStore.get()).toBe(true);
  });

  it('encodes names, but for their slashes', () => {
    expect(path('objects', 'channel_rest', 'a/b c?#%')).toBe(
      'objects/channel_rest/a/b%20c%3F%23%25',
    );
  });

  it('leaves out of a query what is not given', () => {
    expect(query({ q: '', sort: undefined, limit: 5, text: 'a&b' })).toBe('?limit=5&text=a%26b');
    expect(query({ q: '' })).toBe('');
  });
});
