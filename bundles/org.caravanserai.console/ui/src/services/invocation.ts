import { path, send } from '../api/client';

/** The most of an answer that is shown; all of it can be saved. */
export const MOST_SHOWN = 64 * 1024;

/** What a service answered. */
export interface Answer {
  status: number;
  statusText: string;
  headers: [string, string][];
  cid: string;
  millis: number;
  size: number;
  /** The body as text, cut at MOST_SHOWN; undefined if it is not text. */
  text: string | undefined;
  body: Blob;
}

const TEXT = /^(text\/|application\/(.*\+)?(json|xml)\b)/;

/** Invokes a service and measures how long that takes, here. */
export async function invoke(service: string, input: string, contentType: string): Promise<Answer> {
  const begin = performance.now();
  const response = await send(path('services', service, 'invoke'), {
    method: 'POST',
    body: input,
    contentType,
  });
  const body = await response.blob();
  const millis = performance.now() - begin;
  const type = response.headers.get('Content-Type') ?? '';
  const isText = TEXT.test(type);
  return {
    status: response.status,
    statusText: response.statusText,
    headers: [...response.headers],
    cid: response.headers.get('X-Serai-CID') ?? '',
    millis,
    size: body.size,
    text: isText ? pretty(await body.slice(0, MOST_SHOWN).text(), type, body.size) : undefined,
    body,
  };
}

function pretty(text: string, type: string, size: number): string {
  if (!type.includes('json') || size > MOST_SHOWN) {
    return text;
  }
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
