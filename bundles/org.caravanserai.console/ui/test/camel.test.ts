import { describe, expect, it } from 'vitest';
import { changes } from '../src/camel/changes';
import { layout } from '../src/camel/layout';
import type { RouteEdge, RouteNode } from '../src/camel/types';
import { depths, editorPage, routePage, spoken, targetPage } from '../src/camel/words';

const node = (id: string, more: Partial<RouteNode> = {}): RouteNode => ({
  id,
  kind: 'log',
  text: '',
  isDisabled: false,
  ...more,
});
const edge = (from: string, to: string, label = ''): RouteEdge => ({ from, to, label });

describe('the layout of a route', () => {
  it('puts branches beside each other and what follows below', () => {
    const nodes = ['from', 'a', 'b', 'end'].map((id) => node(id));
    const { places } = layout(nodes, [
      edge('from', 'a'),
      edge('from', 'b', 'otherwise'),
      edge('a', 'end'),
      edge('b', 'end'),
    ]);
    const at = (id: string) => places.get(id) ?? { x: NaN, y: NaN };
    expect(at('a').y).toBe(at('b').y);
    expect(at('a').x).not.toBe(at('b').x);
    expect(at('end').y).toBeGreaterThan(at('a').y);
  });
});

describe('headers', () => {
  it('are told apart from those of the step before', () => {
    expect(changes({ a: '1', b: '2', c: '3' }, { a: '1', b: '1', d: '4' })).toEqual([
      { name: 'a', value: '1', change: 'same' },
      { name: 'b', value: '2', change: 'changed' },
      { name: 'c', value: '3', change: 'new' },
      { name: 'd', value: '4', change: 'gone' },
    ]);
  });

  it('of the first step are not new', () => {
    expect(changes({ a: '1' }, undefined)).toEqual([{ name: 'a', value: '1', change: 'same' }]);
  });
});

describe('the words of a node', () => {
  it('tell its figures', () => {
    const figures = { exchanges: 1, failed: 0, inflight: 2, meanMicros: 1500 };
    expect(spoken(node('a', { text: 'x', figures }))).toBe(
      'log x, 1 message, 0 failed, 2 inside, mean 1.5 ms',
    );
    expect(spoken(node('a', { isDisabled: true, figures }))).toBe('log, disabled');
  });

  it('lead to where it leads', () => {
    expect(targetPage(node('a', { target: { kind: 'route', name: 'f#r' } }))).toBe('/routes/f%23r');
    expect(targetPage(node('a', { target: { kind: 'connection', name: 'sql/db' } }))).toBe(
      '/objects/sql/db',
    );
    expect(routePage('channel_rest/a b')).toBe('/routes/channel_rest/a%20b');
  });

  it('know the depth of what is inside of others', () => {
    const found = depths([node('a'), node('b', { parent: 'a' }), node('c', { parent: 'b' })]);
    expect([...found.values()]).toEqual([0, 1, 2]);
  });
});

describe('the source of a route', () => {
  const route = {
    id: 'f#r',
    context: 'f',
    from: 'direct:a',
    state: 'started',
    uptimeMillis: 0,
    exchanges: 0,
    failed: 0,
    inflight: 0,
    meanMillis: 0,
    maxMillis: 0,
  };

  it('is opened at its line, unless it is of a channel', () => {
    expect(editorPage({ ...route, deployment: 'f' }, 7)).toBe('/ide?deployment=f&line=7');
    expect(editorPage(route, 7)).toBeUndefined();
  });
});
