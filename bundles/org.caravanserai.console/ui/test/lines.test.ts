import { describe, expect, it } from 'vitest';
import type { LogLine } from '../src/api/types';
import { merged, MOST_LINES } from '../src/logs/lines';

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
