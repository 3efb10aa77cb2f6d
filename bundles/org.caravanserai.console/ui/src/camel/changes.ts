/** A header, and what has become of it since the step before. */
export interface Changed {
  name: string;
  value: string;
  change: 'same' | 'new' | 'changed' | 'gone';
}

/** The headers of a step beside those of the step before, if there was one. */
export function changes(
  now: Record<string, string>,
  before: Record<string, string> | undefined,
): Changed[] {
  const here = Object.entries(now).map(([name, value]): Changed => {
    const old = before?.[name];
    if (before === undefined || old === value) {
      return { name, value, change: 'same' };
    }
    return { name, value, change: old === undefined ? 'new' : 'changed' };
  });
  const gone = Object.entries(before ?? {})
    .filter(([name]) => !(name in now))
    .map(([name, value]): Changed => ({ name, value, change: 'gone' }));
  return [...here, ...gone];
}
