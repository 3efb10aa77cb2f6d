import { call, path, post, problem, send } from '../api/client';

/** How a line of the shell ended. */
export interface Ended {
  output: string;
  errors: string;
  status: number;
}

export interface Completion {
  from: number;
  items: { text: string; description: string }[];
}

/** Runs a line; the name is one by which it can be interrupted. */
export async function run(line: string, name: string): Promise<Ended> {
  const response = await send(`shell?run=${encodeURIComponent(name)}`, {
    method: 'POST',
    body: line,
    contentType: 'text/plain',
  });
  if (!response.ok) {
    throw await problem(response);
  }
  const bytes = new Uint8Array(await response.arrayBuffer());
  const errors = Number(response.headers.get('X-Serai-Error-Length') ?? 0);
  const words = new TextDecoder();
  return {
    output: words.decode(bytes.subarray(0, bytes.length - errors)),
    errors: words.decode(bytes.subarray(bytes.length - errors)),
    status: Number(response.headers.get('X-Serai-Exit-Status') ?? 0),
  };
}

/** Interrupts a line that runs. */
export async function interrupt(name: string): Promise<void> {
  await call(path('shell', name), { method: 'DELETE' });
}

/** How a line could go on. */
export function complete(line: string): Promise<Completion> {
  return post<Completion>('shell/completions', { line });
}

/** A line with what all of the words that are possible at its end begin with. */
export function completed(line: string, { from, items }: Completion): string {
  const [first, ...others] = items.map(({ text }) => text);
  if (first === undefined) {
    return line;
  }
  if (others.length === 0) {
    return line.slice(0, from) + first + ' ';
  }
  let common = first;
  for (const each of others) {
    while (!each.startsWith(common)) {
      common = common.slice(0, -1);
    }
  }
  const typed = line.slice(from);
  return common.length > typed.length ? line.slice(0, from) + common : line;
}
