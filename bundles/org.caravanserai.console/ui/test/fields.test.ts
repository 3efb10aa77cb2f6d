import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../src/api/types';
import { choicesOf, faultsOf, formOf, merge, numeric } from '../src/objects/fields';
import { diffLines } from '../src/shared/diff';

function wrong(line: number, message: string): Diagnostic {
  return { file: 'x', line, column: 1, severity: 'error', message };
}

describe('the form of a field', () => {
  it('follows from its schema', () => {
    expect(formOf({ type: ['boolean', 'string'] })).toBe('choice');
    expect(choicesOf({ type: 'string', anyOf: [{ enum: ['a', 'b'] }, {}] })).toEqual(['a', 'b']);
    expect(formOf({ type: ['integer', 'string'] })).toBe('number');
    expect(formOf({ type: 'array', items: { type: 'string' } })).toBe('list');
    expect(formOf({ type: 'object', properties: {} })).toBe('record');
    expect(formOf({ type: 'object', additionalProperties: { type: 'string' } })).toBe('map');
    expect(formOf({})).toBe('any');
  });

  it('keeps what is no number as a text', () => {
    expect(numeric('60')).toBe(60);
    expect(numeric('0.5')).toBe(0.5);
    for (const text of ['${PORT}', '1.10', '007', 'PT1M', '1e3', 'x1']) {
      expect(numeric(text)).toBe(text);
    }
  });
});

describe('what is wrong', () => {
  const fields = { name: 'a', empty: [], rules: [{ limit: -1, list: ['x'] }], claims: { k: 'v' } };
  const text = JSON.stringify(fields, null, 2).split('\n');
  const line = (part: string) => text.findIndex((each) => each.includes(part)) + 1;

  it('stands at its field by the line of what was sent', () => {
    const faults = faultsOf(fields, [
      wrong(line('"limit"'), 'rules[0].limit: expected at least 0, found -1'),
      wrong(line('"x"'), 'rules[0].list: no network'),
      wrong(line('"k"'), 'claims.k: too long'),
      wrong(line('"limit"') - 1, 'missing field `range` of `rules[0]`'),
      wrong(1, 'missing field `service` of `channel_rest`'),
      wrong(1, 'realm: makes no sense'),
      wrong(1, 'There are too many of them'),
    ]);
    expect(Object.fromEntries(faults)).toEqual({
      'rules[0].limit': ['expected at least 0, found -1'],
      'rules[0].list': ['no network'],
      'claims.k': ['too long'],
      'rules[0].range': ['It is needed.'],
      service: ['It is needed.'],
      realm: ['makes no sense'],
      '': ['There are too many of them'],
    });
  });
});

describe('two changes of the same fields', () => {
  it('are brought together, and what both have changed is told', () => {
    const base = { a: 1, b: 1, c: 1, d: 1 };
    expect(merge(base, { a: 2, b: 1, c: 3 }, { a: 1, b: 2, c: 4, d: 1, e: 5 })).toEqual({
      fields: { a: 2, b: 2, c: 3, e: 5 },
      conflicts: ['c'],
    });
  });
});

describe('a comparison line by line', () => {
  const told = (before: string, after: string) =>
    diffLines(before, after).map(
      ({ is, text }) => `${{ same: ' ', old: '-', new: '+' }[is]}${text}`,
    );

  it('tells what has come and gone', () => {
    expect(told('a\nb\nc\n', 'a\nx\nc\nd\n')).toEqual([' a', '-b', '+x', ' c', '+d']);
    expect(told('', 'a\n')).toEqual(['+a']);
    expect(told('a\n', '')).toEqual(['-a']);
    expect(told('a\n', 'a\n')).toEqual([' a']);
  });
});
