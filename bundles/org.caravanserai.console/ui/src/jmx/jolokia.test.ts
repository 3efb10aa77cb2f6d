import { describe, expect, it } from 'vitest';
import { operations, search } from './jolokia';

const MEMORY = {
  name: 'java.lang:type=Memory',
  info: {
    attr: { HeapMemoryUsage: { type: 'CompositeData', desc: '', rw: false } },
    op: {
      gc: { args: [], ret: 'void', desc: '' },
      dump: [
        { args: [{ name: 'p', type: 'int', desc: '' }], ret: 'void', desc: '' },
        { args: [], ret: 'void', desc: '' },
      ],
    },
  },
};
const THREADS = { name: 'java.lang:type=Threading', info: {} };

describe('MBeans', () => {
  it('are found by name, attribute and operation, whatever the case', () => {
    expect(search([MEMORY, THREADS], 'lang')).toHaveLength(2);
    expect(search([MEMORY, THREADS], 'HEAPmemory')).toEqual([MEMORY]);
    expect(search([MEMORY, THREADS], 'lang gc')).toEqual([MEMORY]);
    expect(search([MEMORY, THREADS], 'nothing')).toEqual([]);
  });

  it('have an operation for each signature', () => {
    expect(operations(MEMORY.info).map(({ signature }) => signature)).toEqual([
      'dump()',
      'dump(int)',
      'gc()',
    ]);
  });
});
