import { describe, expect, it } from 'vitest';
import { streamAddress, takes } from '../src/api/events';
import type { LogLine } from '../src/api/types';

const LINE: LogLine = {
  number: 1,
  time: '2026-01-01T00:00:00Z',
  level: 'WARN',
  logger: 'shop.orders',
  cid: 'abc',
  message: 'No Tea left',
};

const listener = (types: string[], filter = '') => ({ types, filter: new URLSearchParams(filter) });

describe('the one stream', () => {
  it('has the types of all listeners, and the filter of the only one for lines', () => {
    expect(
      streamAddress([listener(['health', 'deployment']), listener(['log'], 'level=WARN')]),
    ).toBe('/api/v1/events?types=deployment,health,log&level=WARN');
  });

  it('has all lines when its listeners want different ones', () => {
    expect(streamAddress([listener(['log'], 'level=WARN'), listener(['log'], 'cid=a')])).toBe(
      '/api/v1/events?types=log',
    );
  });

  it.each([
    ['', true],
    ['level=warn', true],
    ['level=ERROR', false],
    ['logger=shop', true],
    ['logger=orders', false],
    ['service=shop.orders', true],
    ['service=shop', false],
    ['service=other%2Cshop.orders', true],
    ['cid=abc', true],
    ['cid=ab', false],
    ['text=tea', true],
    ['text=coffee', false],
  ])('takes a line for %s: %s', (filter, isTaken) => {
    expect(takes(new URLSearchParams(filter), LINE)).toBe(isTaken);
  });
});
