const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Whether a text is JSON. */
export function isJson(text: string): boolean {
  return mistakeIn(text) === undefined;
}

/** Why a text is no JSON. */
export function mistakeIn(text: string): string | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (mistake) {
    return mistake instanceof Error ? mistake.message : String(mistake);
  }
}

/** JSON with line breaks, its numbers as they were written; any other text as it is. */
export function pretty(text: string): string {
  if (!isJson(text)) {
    return text;
  }
  let out = '';
  let depth = 0;
  let isEmpty = false;
  const line = () => '\n' + '  '.repeat(depth);
  for (const token of text.match(TOKENS) ?? []) {
    if (token === '}' || token === ']') {
      depth--;
      out += (isEmpty ? '' : line()) + token;
      isEmpty = false;
      continue;
    }
    if (isEmpty) {
      out += line();
      isEmpty = false;
    }
    if (token === '{' || token === '[') {
      depth++;
      isEmpty = true;
      out += token;
    } else if (token === ',') {
      out += token + line();
    } else {
      out += token === ':' ? ': ' : token;
    }
  }
  return out;
}

/** The text of a member of a JSON object, as it was written; undefined if there is none. */
export function memberOf(object: string, name: string): string | undefined {
  let depth = 0;
  let isWanted = false;
  let start = 0;
  let last = '';
  for (const { 0: token, index } of object.matchAll(TOKENS)) {
    if (isWanted && depth === 1 && (token === ',' || token === '}')) {
      return object.slice(start, index).trim();
    }
    if (!isWanted && depth === 1 && token === ':' && last === JSON.stringify(name)) {
      isWanted = true;
      start = index + 1;
    }
    if (token === '{' || token === '[') {
      depth++;
    } else if (token === '}' || token === ']') {
      depth--;
    }
    last = token;
  }
  return undefined;
}
