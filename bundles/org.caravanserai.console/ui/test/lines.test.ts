import { describe, expect, it } from 'vitest';
import type { LogLine } from '../src/api/types';
import { framesOf, merged, MOST_LINES } from '../src/logs/lines';

const line = (number: number, time: string): LogLine => ({
  number,
  time,
  level: 'INFO',
  logger: 'a.B',
  message: `line ${number}`,
});

describe('lines that come twice', () => {
  it('are shown once, in the order of their times', () => {
    const first = line(1, '2026-01-01T00:00:01Z');
    const second = line(2, '2026-01-01T00:00:02Z');
    const third = line(3, '2026-01-01T00:00:03Z');

    expect(merged([second, third], [first, second])).toEqual([first, second, third]);
  });

  it('are told apart after a restart, when numbers begin anew', () => {
    const before = line(1, '2026-01-01T00:00:01Z');
    const after = line(1, '2026-01-01T00:01:00Z');

    expect(merged([before], [after])).toEqual([before, after]);
  });

  it('go from the beginning when there are too many', () => {
    const many = Array.from({ length: MOST_LINES }, (_, at) => line(at, '2026-01-01T00:00:01Z'));

    const all = merged(many, [line(MOST_LINES, '2026-01-01T00:00:02Z')]);

    expect(all).toHaveLength(MOST_LINES);
    expect(all[0]?.number).toBe(1);
  });
});

describe('a stack trace', () => {
  const STACK = `java.lang.IllegalStateException: at (Fake.java:1)
\tat shop.Orders.handle(Orders.java:12) ~[?:?]
\tat java.base/java.lang.Thread.run(Thread.java:840)
\tat org.caravanserai.runtime.Call.run(Call.java:3)
Caused by: x`;

  it('has the places in code that is neither of Java nor of the server', () => {
    const places = framesOf(STACK).filter(({ source }) => source !== undefined);

    expect(places).toEqual([
      {
        before: '\tat shop.Orders.handle(',
        source: 'Orders.java',
        line: '12',
        after: ') ~[?:?]\n',
      },
    ]);
  });

  it('is as it was', () => {
    const text = framesOf(STACK)
      .map(
        ({ before, source, line, after }) =>
          `${before}${source ? `${source}:${line}` : ''}${after}`,
      )
      .join('');

    expect(text).toBe(STACK);
  });
});
