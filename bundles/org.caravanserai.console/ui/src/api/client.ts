import { createStore } from './store';
import type { AffectedBundle, Diagnostic, Session } from './types';

/** Who is logged in: nobody knows yet, nobody, somebody, or somebody whose session has ended. */
export type SessionState =
  | { is: 'unknown' }
  | { is: 'none' }
  | { is: 'open'; session: Session }
  | { is: 'ended'; session: Session };

/** The session of this page. */
export const sessionStore = createStore<SessionState>({ is: 'unknown' });

/** Whether the last request reached the server. */
export const reachableStore = createStore(true);

const ROOT = '/api/v1/';
const ACTIVE_MILLIS = 60_000;

let lastInput = Date.now();
for (const event of ['pointerdown', 'keydown']) {
  window.addEventListener(event, () => (lastInput = Date.now()), { capture: true, passive: true });
}

/** A refusal of the admin API (RFC 9457). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly cid: string,
    readonly diagnostics: Diagnostic[] = [],
    readonly affected: AffectedBundle[] = [],
  ) {
    super(detail || title);
  }
}

/** The server did not answer at all. */
export class Unreachable extends Error {
  constructor() {
    super('The server does not answer.');
  }
}

export interface CallOptions {
  method?: string;
  body?: BodyInit;
  contentType?: string;
  /** What the path is below; the admin API by default. */
  root?: string;
  headers?: Record<string, string>;
  signal?: AbortSignal | undefined;
}

/** Sends a request; the path is one below /api/v1/. Answers whatever the status is. */
export async function send(path: string, options: CallOptions = {}): Promise<Response> {
  const method = options.method ?? 'GET';
  const headers = new Headers({
    'X-Requested-With': 'serai',
    Accept: 'application/json, */*',
    ...options.headers,
  });
  const state = sessionStore.get();
  if (method !== 'GET' && state.is === 'open') {
    headers.set('X-CSRF-Token', state.session.csrfToken);
  }
  // What the page asks by itself does not keep a session alive that nobody uses.
  if (Date.now() - lastInput > ACTIVE_MILLIS) {
    headers.set('X-Serai-Background', 'true');
  }
  if (options.contentType) {
    headers.set('Content-Type', options.contentType);
  }
  let response: Response;
  try {
    response = await fetch((options.root ?? ROOT) + path, {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      body: options.body ?? null,
      signal: options.signal ?? null,
    });
  } catch (failure) {
    if (options.signal?.aborted) {
      throw failure;
    }
    reachableStore.set(false);
    throw new Unreachable();
  }
  reachableStore.set(true);
  // An answer to who asked before the last log-in says nothing of this session.
  if (response.status === 401 && path !== 'session' && sessionStore.get() === state) {
    endSession();
  }
  return response;
}

/** Sends a request and reads the JSON of its answer; throws a Problem for a refusal. */
export async function call<T>(path: string, options: CallOptions = {}): Promise<T> {
  const response = await send(path, options);
  if (!response.ok) {
    throw await problem(response);
  }
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** Sends a request and reads the text of its answer; throws a Problem for a refusal. */
export async function callText(path: string, options: CallOptions = {}): Promise<string> {
  const response = await send(path, options);
  if (!response.ok) {
    throw await problem(response);
  }
  return response.text();
}

/** Sends JSON. */
export function post<T>(path: string, body: unknown): Promise<T> {
  return call<T>(path, {
    method: 'POST',
    body: JSON.stringify(body),
    contentType: 'application/json',
  });
}

/** A refusal, read from a response. */
export async function problem(response: Response): Promise<Problem> {
  const cid = response.headers.get('X-Serai-CID') ?? '';
  const title = response.statusText || `Status ${response.status}`;
  try {
    const body: unknown = await response.json();
    const said = (body ?? {}) as Partial<Problem>;
    return new Problem(
      response.status,
      said.title ?? title,
      said.detail ?? '',
      said.cid ?? cid,
      said.diagnostics,
      said.affected,
    );
  } catch {
    return new Problem(response.status, title, '', cid);
  }
}

/** Asks who is logged in. */
export async function findSession(): Promise<void> {
  const response = await send('session');
  if (response.ok) {
    sessionStore.set({ is: 'open', session: (await response.json()) as Session });
  } else if (response.status === 401) {
    endSession();
  } else {
    throw await problem(response);
  }
}

/** Logs in. */
export async function logIn(username: string, password: string): Promise<void> {
  const session = await post<Session>('session', { username, password });
  sessionStore.set({ is: 'open', session });
}

/** Logs out. */
export async function logOut(): Promise<void> {
  const response = await send('session', { method: 'DELETE' });
  if (!response.ok && response.status !== 401) {
    throw await problem(response);
  }
  sessionStore.set({ is: 'none' });
}

function endSession(): void {
  const state = sessionStore.get();
  if (state.is === 'open') {
    sessionStore.set({ is: 'ended', session: state.session });
  } else if (state.is === 'unknown') {
    sessionStore.set({ is: 'none' });
  }
}

/** A path whose parts are encoded; slashes inside a part stay, as the admin API wants them. */
export function path(...parts: (string | number)[]): string {
  return parts.map((part) => encodeURIComponent(part).replaceAll('%2F', '/')).join('/');
}

/** A query from what is given of its parameters. */
export function query(parameters: Record<string, string | number | boolean | undefined>): string {
  const given = Object.entries(parameters).filter(
    ([, value]) => value !== undefined && value !== '',
  );
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text === '' ? '' : `?${text}`;
}
