import type { LogLine } from '../api/types';

/** The most lines that a page keeps. */
export const MOST_LINES = 2_000;

/** Lines and more lines in their order, each once, the last MOST_LINES of them. */
export function merged(lines: LogLine[], more: LogLine[]): LogLine[] {
  const known = new Set(lines.map(keyOf));
  const all = [...lines, ...more.filter((line) => !known.has(keyOf(line)))];
  const isOrdered = all.every((line, index) => index === 0 || compare(all[index - 1], line) <= 0);
  return (isOrdered ? all : all.sort(compare)).slice(-MOST_LINES);
}

/** What tells one line from another; numbers begin anew when a server starts. */
export function keyOf(line: LogLine): string {
  return `${line.time} ${line.number}`;
}

function compare(a: LogLine | undefined, b: LogLine | undefined): number {
  if (!a || !b || a.time === b.time) {
    return (a?.number ?? 0) - (b?.number ?? 0);
  }
  return a.time < b.time ? -1 : 1;
}

/** A part of a stack trace: text, and a place in a source between it. */
export interface Frame {
  before: string;
  source?: string;
  line?: string;
  after: string;
}

const FRAME = /^(\s*at (?:[\w.@-]*\/)*([\w.$<>]+)\()([\w$]+\.java):(\d+)(\).*)$/;
const OF_OTHERS = /^(java|javax|jakarta|jdk|sun|org\.caravanserai|org\.apache|org\.eclipse)\./;

/** The lines of a stack trace; those in code that may be a service's have their source. */
export function framesOf(stack: string): Frame[] {
  return stack.split('\n').map((text, index, all) => {
    const end = index < all.length - 1 ? '\n' : '';
    const [, before = '', method = '', source, line, after = ''] = FRAME.exec(text) ?? [];
    return source === undefined || line === undefined || OF_OTHERS.test(method)
      ? { before: text, after: end }
      : { before, source, line, after: after + end };
  });
}
