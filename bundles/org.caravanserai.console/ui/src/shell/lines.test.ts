import { describe, expect, it } from 'vitest';
import { completed } from './lines';

const items = (...texts: string[]) => texts.map((text) => ({ text, description: '' }));

describe('A line', () => {
  it('goes on with the only word', () => {
    expect(completed('bundle:li', { from: 0, items: items('bundle:list') })).toBe('bundle:list ');
  });

  it('goes on with what all words begin with', () => {
    expect(completed('x | s', { from: 4, items: items('serai:deploy', 'serai:digest') })).toBe(
      'x | serai:d',
    );
  });

  it('stays when there is nothing to add', () => {
    expect(completed('log', { from: 0, items: [] })).toBe('log');
    expect(completed('li', { from: 0, items: items('bundle:list', 'kar:list') })).toBe('li');
  });
});
