/** A line of a comparison: in both texts, only in the old one, or only in the new one. */
export interface DiffLine {
  is: 'same' | 'old' | 'new';
  text: string;
}

const MOST_CELLS = 4_000_000;

/** How one text becomes another, line by line, by a longest common subsequence. */
export function diffLines(before: string, after: string): DiffLine[] {
  const old = lines(before);
  const fresh = lines(after);
  let begin = 0;
  while (begin < old.length && begin < fresh.length && old[begin] === fresh[begin]) {
    begin++;
  }
  let end = 0;
  while (
    end < old.length - begin &&
    end < fresh.length - begin &&
    old[old.length - 1 - end] === fresh[fresh.length - 1 - end]
  ) {
    end++;
  }
  return [
    ...told('same', old.slice(0, begin)),
    ...middle(old.slice(begin, old.length - end), fresh.slice(begin, fresh.length - end)),
    ...told('same', old.slice(old.length - end)),
  ];
}

function middle(old: string[], fresh: string[]): DiffLine[] {
  if (old.length * fresh.length > MOST_CELLS) {
    return [...told('old', old), ...told('new', fresh)];
  }
  const width = fresh.length + 1;
  // The length of the longest common subsequence of what is left of both, from each pair of lines.
  const common = new Uint32Array((old.length + 1) * width);
  const at = (i: number, j: number) => common[i * width + j] ?? 0;
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = fresh.length - 1; j >= 0; j--) {
      common[i * width + j] =
        old[i] === fresh[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const found: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < old.length || j < fresh.length) {
    if (i < old.length && j < fresh.length && old[i] === fresh[j]) {
      found.push({ is: 'same', text: old[i] ?? '' });
      i++;
      j++;
    } else if (j >= fresh.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) {
      found.push({ is: 'old', text: old[i] ?? '' });
      i++;
    } else {
      found.push({ is: 'new', text: fresh[j] ?? '' });
      j++;
    }
  }
  return found;
}

function lines(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function told(is: DiffLine['is'], texts: string[]): DiffLine[] {
  return texts.map((text) => ({ is, text }));
}
