import type { JsonSchema } from '../api/types';

const DEEPEST = 8;

const FORMATS: Record<string, unknown> = {
  'date-time': '2026-01-31T12:00:00Z',
  date: '2026-01-31',
  time: '12:00:00',
  duration: 'PT5M',
  uuid: '00000000-0000-4000-8000-000000000000',
  uri: 'https://example.com/',
  email: 'ada@example.com',
};

/** A value that a JSON Schema takes: all members, with values of the right types. */
export function exampleOf(schema: JsonSchema): unknown {
  return value(schema, schema.$defs ?? {}, 0);
}

function value(
  schema: JsonSchema,
  definitions: Record<string, JsonSchema>,
  depth: number,
): unknown {
  if (schema.examples && schema.examples.length > 0) {
    return schema.examples[0];
  }
  if (schema.default !== undefined) {
    return schema.default;
  }
  if (schema.const !== undefined) {
    return schema.const;
  }
  if (schema.enum && schema.enum.length > 0) {
    return schema.enum[0];
  }
  if (depth > DEEPEST) {
    return null;
  }
  if (schema.$ref !== undefined) {
    const referred = definitions[schema.$ref.replace('#/$defs/', '')];
    return referred ? value(referred, definitions, depth + 1) : null;
  }
  const choice = (schema.anyOf ?? schema.oneOf)?.find((each) => each.type !== 'null');
  if (choice) {
    return value(choice, definitions, depth + 1);
  }
  return typed(schema, definitions, depth);
}

function typed(
  schema: JsonSchema,
  definitions: Record<string, JsonSchema>,
  depth: number,
): unknown {
  const type = Array.isArray(schema.type)
    ? schema.type.find((each) => each !== 'null')
    : schema.type;
  switch (type) {
    case 'object': {
      const members = Object.entries(schema.properties ?? {});
      const made = members.map(([name, each]) => [name, value(each, definitions, depth + 1)]);
      if (made.length === 0 && typeof schema.additionalProperties === 'object') {
        return { key: value(schema.additionalProperties, definitions, depth + 1) };
      }
      return Object.fromEntries(made) as Record<string, unknown>;
    }
    case 'array':
      return schema.items ? [value(schema.items, definitions, depth + 1)] : [];
    case 'integer':
    case 'number':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'string':
      return FORMATS[schema.format ?? ''] ?? 'text';
    case 'null':
      return null;
    default:
      return {};
  }
}
