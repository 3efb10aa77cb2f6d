import type { Diagnostic, JsonSchema } from '../api/types';

/** The fields of an object as they are written. */
export type Fields = Record<string, unknown>;

/** How a value is edited. */
export type Form = 'choice' | 'number' | 'text' | 'list' | 'record' | 'map' | 'any';

const FEW_FIELDS = 12;
const MAIN_FIELDS = 8;

/** How the values of a schema are edited. */
export function formOf(schema: JsonSchema): Form {
  if (choicesOf(schema).length > 0) {
    return 'choice';
  }
  const types = [schema.type ?? []].flat();
  if (types.includes('array')) {
    return 'list';
  }
  if (types.includes('object')) {
    return schema.properties ? 'record' : 'map';
  }
  if (types.includes('integer') || types.includes('number')) {
    return 'number';
  }
  return types.length === 0 ? 'any' : 'text';
}

/** The values that there are, if there are few. */
export function choicesOf(schema: JsonSchema): unknown[] {
  return [schema.type].flat().includes('boolean')
    ? [true, false]
    : (schema.enum ?? schema.anyOf?.find((each) => each.enum)?.enum ?? []);
}

/** The fields with one of them changed; nothing takes it away. */
export function changed(fields: Fields, name: string, value: unknown): Fields {
  return value === undefined
    ? Object.fromEntries(Object.entries(fields).filter(([each]) => each !== name))
    : { ...fields, [name]: value };
}

/** The fields that are seen at once: the first ones, those that must be there, those that are. */
export function mainFields(schema: JsonSchema, fields: Fields): Set<string> {
  const names = Object.keys(schema.properties ?? {});
  return new Set(
    names.filter(
      (name, index) =>
        names.length <= FEW_FIELDS ||
        index < MAIN_FIELDS ||
        schema.required?.includes(name) ||
        name in fields,
    ),
  );
}

/** A number if the text is one, else the text: it may be a reference. */
export function numeric(text: string): unknown {
  return String(Number(text)) === text ? Number(text) : text;
}

/** What is wrong with the fields, by the path of the field; the rest stands under ''. */
export function faultsOf(fields: Fields, diagnostics: Diagnostic[]): Map<string, string[]> {
  const paths = pathsOf(fields);
  const faults = new Map<string, string[]>();
  for (const { line, message } of diagnostics) {
    const [path, text] = placed(paths.get(line) ?? '', message);
    faults.set(path, [...(faults.get(path) ?? []), text]);
  }
  return faults;
}

function placed(path: string, message: string): [string, string] {
  const missing = /^missing field `([^`]+)` of/.exec(message)?.[1];
  if (missing !== undefined) {
    return [path === '' ? missing : `${path}.${missing}`, 'It is needed.'];
  }
  const named = /^([a-z][a-z0-9_]*(?:\[\d+\]|\.[^\s:.[\]]+)*): (.*)$/s.exec(message);
  if (named?.[1] !== undefined && (named[1].startsWith(path) || path.startsWith(named[1]))) {
    return [named[1], named[2] ?? ''];
  }
  return [path, path === '' ? message : message.replace(`${path}: `, '')];
}

/** Which field stands in which line of JSON.stringify(fields, null, 2). */
function pathsOf(fields: Fields): Map<number, string> {
  const paths = new Map<number, string>();
  let line = 1;
  const walk = (value: unknown, path: string) => {
    paths.set(line, path);
    if (typeof value !== 'object' || value === null) {
      return;
    }
    const members = Array.isArray(value)
      ? value.map((each: unknown, index): [string, unknown] => [`${path}[${index}]`, each])
      : Object.entries(value)
          .filter(([, each]) => each !== undefined)
          .map(([name, each]): [string, unknown] => [path === '' ? name : `${path}.${name}`, each]);
    for (const [inner, each] of members) {
      line++;
      walk(each, inner);
    }
    line += members.length > 0 ? 1 : 0;
  };
  walk(fields, '');
  return paths;
}

/** What two people have made of the same fields, brought together field by field. */
export interface Merged {
  fields: Fields;
  /** The fields that both have changed, each in another way; those of `mine` are taken. */
  conflicts: string[];
}

/** Brings two changes of the same fields together. */
export function merge(base: Fields, mine: Fields, theirs: Fields): Merged {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const conflicts: string[] = [];
  let fields: Fields = {};
  for (const name of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const isMine = !same(mine[name], base[name]);
    if (isMine && !same(theirs[name], base[name]) && !same(mine[name], theirs[name])) {
      conflicts.push(name);
    }
    fields = changed(fields, name, isMine ? mine[name] : theirs[name]);
  }
  return { fields, conflicts };
}
