/** What is written for a type, and the line that imports it if it needs one. */
export interface Import {
  text: string;
  line?: { from: number; insert: string };
}

/**
 * How a type is written in a source.
 *
 * @param source the source
 * @param insert what would be written
 * @param type the full name of the type to import; undefined if it needs no import
 */
export function importOf(source: string, insert: string, type: string | undefined): Import {
  if (type === undefined) {
    return { text: insert };
  }
  const lines = [...source.matchAll(/^(import|package)\s+([^;\n]*);[^\n]*(\n|$)/gm)];
  const imported = lines.filter(([, word]) => word === 'import').map(([, , name = '']) => name);
  if (imported.includes(type)) {
    return { text: insert };
  }
  const isTaken = imported.some((name) => name.endsWith(type.slice(type.lastIndexOf('.'))));
  if (isTaken) {
    return { text: type };
  }
  const last = lines.at(-1);
  if (!last) {
    return { text: insert, line: { from: 0, insert: `import ${type};\n\n` } };
  }
  const gap = last[3] === '' || last[1] === 'package' ? '\n' : '';
  const from = last.index + last[0].length;
  return { text: insert, line: { from, insert: `${gap}import ${type};\n` } };
}
