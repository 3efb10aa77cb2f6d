import { describe, expect, it } from 'vitest';
import { exampleOf } from '../src/services/example';

describe('the example of an input', () => {
  it('has all members, with values of their types', () => {
    const schema = {
      $ref: '#/$defs/Order',
      $defs: {
        Order: {
          type: 'object',
          properties: {
            id: { type: 'integer' },
            price: { type: 'number', minimum: 2 },
            isPaid: { type: 'boolean' },
            at: { type: 'string', format: 'date-time' },
            size: { enum: ['small', 'large'] },
            note: { type: ['null', 'string'] },
            lines: { type: 'array', items: { $ref: '#/$defs/Line' } },
            tags: { type: 'object', additionalProperties: { type: 'string' } },
          },
        },
        Line: { type: 'object', properties: { sku: { type: 'string', examples: ['A-1'] } } },
      },
    };

    expect(exampleOf(schema)).toEqual({
      id: 1,
      price: 2,
      isPaid: true,
      at: '2026-01-31T12:00:00Z',
      size: 'small',
      note: 'text',
      lines: [{ sku: 'A-1' }],
      tags: { key: 'text' },
    });
  });

  it('ends although a type holds itself', () => {
    const schema = {
      $ref: '#/$defs/Node',
      $defs: { Node: { type: 'object', properties: { next: { $ref: '#/$defs/Node' } } } },
    };

    expect(JSON.stringify(exampleOf(schema))).toContain('null');
  });

  it('prefers what the schema itself says', () => {
    expect(exampleOf({ type: 'string', default: 'x' })).toBe('x');
    expect(exampleOf({ const: 3 })).toBe(3);
    expect(exampleOf({ anyOf: [{ type: 'null' }, { type: 'integer' }] })).toBe(1);
    expect(exampleOf({ $ref: '#/$defs/Missing' })).toBeNull();
  });
});
