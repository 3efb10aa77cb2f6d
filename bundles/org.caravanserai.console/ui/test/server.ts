import { vi } from 'vitest';
import type { Session } from '../src/api/types';

/** A request that the console has made. */
export interface Asked {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Headers;
  body: string;
}

type Answering = (asked: Asked) => Response | Promise<Response>;

/** A session of a user. */
export const ANN: Session = {
  username: 'ann',
  role: 'operator',
  csrfToken: 'token-1',
  expiresAt: '2026-01-31T12:00:00Z',
};

/** Stands in for the admin API: answers by "METHOD path", 404 for the rest. */
export function serve(answers: Record<string, Answering>): Asked[] {
  const all: Asked[] = [];
  vi.stubGlobal('fetch', async (address: string, options: RequestInit) => {
    const url = new URL(address, 'http://server');
    const asked = {
      method: options.method ?? 'GET',
      path: url.pathname.replace('/api/v1/', ''),
      query: url.searchParams,
      headers: new Headers(options.headers),
      body: typeof options.body === 'string' ? options.body : '',
    };
    all.push(asked);
    const answering = answers[`${asked.method} ${asked.path}`];
    return answering ? answering(asked) : refusal(404, 'Not Found', `No ${asked.path}`);
  });
  return all;
}

/** An answer in JSON. */
export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'Content-Type': 'application/json', 'X-Serai-CID': 'cid-1' },
  });
}

/** A problem document. */
export function refusal(status: number, title: string, detail: string, more = {}): Response {
  return json({ type: 'about:blank', title, status, detail, cid: 'cid-1', ...more }, status);
}

/** A page of a list. */
export function page(...items: unknown[]): Response {
  return json({ items, total: items.length });
}
