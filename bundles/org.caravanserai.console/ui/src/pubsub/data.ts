const ROW = 16;

/** Bytes from base64. */
export function binaryOf(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/** Bytes as rows of offset, hex and ASCII. */
export function hexOf(data: Uint8Array): string {
  const rows: string[] = [];
  for (let offset = 0; offset < data.length; offset += ROW) {
    const row = [...data.subarray(offset, offset + ROW)];
    const hex = row.map((each) => each.toString(16).padStart(2, '0')).join(' ');
    const ascii = row
      .map((each) => (each >= 0x20 && each < 0x7f ? String.fromCharCode(each) : '.'))
      .join('');
    rows.push(`${offset.toString(16).padStart(6, '0')}  ${hex.padEnd(ROW * 3 - 1)}  ${ascii}`);
  }
  return rows.join('\n');
}
