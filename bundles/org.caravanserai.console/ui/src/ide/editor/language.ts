import { java } from '@codemirror/lang-java';
import { json } from '@codemirror/lang-json';
import { xml } from '@codemirror/lang-xml';
import { yaml } from '@codemirror/lang-yaml';
import { StreamLanguage } from '@codemirror/language';
import type { Extension } from '@codemirror/state';

/** Java's properties: a comment, or a key and its value. */
const properties = StreamLanguage.define({
  token(stream) {
    if (stream.sol()) {
      stream.eatSpace();
      if (/[#!]/.test(stream.peek() ?? '')) {
        stream.skipToEnd();
        return 'comment';
      }
      stream.match(/^(\\.|[^=:\s\\])*/);
      return 'propertyName';
    }
    if (stream.match(/^\s*[=:]\s*/)) {
      return 'operator';
    }
    stream.skipToEnd();
    return 'string';
  },
});

/** The language of a file, by the end of its name. */
export function languageOf(file: string): Extension {
  switch (file.slice(file.lastIndexOf('.') + 1).toLowerCase()) {
    case 'java':
      return java();
    case 'json':
      return json();
    case 'xml':
      return xml();
    case 'yaml':
    case 'yml':
      return yaml();
    case 'properties':
    case 'cfg':
      return properties;
    default:
      return [];
  }
}
