import { useEffect, useState } from 'react';

const TYPING_MILLIS = 250;

/**
 * The text of a field whose value lies elsewhere: it goes there when the typing has stopped, and
 * follows when the value is changed by others.
 */
export function useTyped(
  value: string,
  onChange: (value: string) => void,
): [string, (text: string) => void] {
  const [text, setText] = useState(value);
  const [seen, setSeen] = useState(value);
  const [sent, setSent] = useState(value);
  if (value !== seen) {
    setSeen(value);
    if (value !== sent) {
      setSent(value);
      setText(value);
    }
  }
  useEffect(() => {
    if (text === sent) {
      return undefined;
    }
    const timer = window.setTimeout(() => {
      setSent(text);
      onChange(text);
    }, TYPING_MILLIS);
    return () => window.clearTimeout(timer);
  });
  return [text, setText];
}
