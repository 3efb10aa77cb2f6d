import { describe, expect, it } from 'vitest';
import { isJson, memberOf, pretty } from '../src/shared/json';

describe('pretty', () => {
  it('breaks lines, and leaves numbers and texts as they were written', () => {
    expect(
      pretty('{"a":[12345678901234567890,1.0, "x, {\\"y\\"}: []"],"b":{},"c":[],"d":null}'),
    ).toBe(
      `{
  "a": [
    12345678901234567890,
    1.0,
    "x, {\\"y\\"}: []"
  ],
  "b": {},
  "c": [],
  "d": null
}`,
    );
  });

  it('leaves alone what is no JSON', () => {
    expect(pretty('{"a":')).toBe('{"a":');
    expect(pretty('<a/>')).toBe('<a/>');
    expect(isJson('')).toBe(false);
  });
});

describe('memberOf', () => {
  it('finds the text of a member of the object itself', () => {
    const text = '{"key":"value","in":{"value":1}, "value" : {"n":1.50,"l":[1,2]} ,"after":2}';
    expect(memberOf(text, 'value')).toBe('{"n":1.50,"l":[1,2]}');
    expect(memberOf(text, 'after')).toBe('2');
    expect(memberOf(text, 'n')).toBeUndefined();
  });
});
