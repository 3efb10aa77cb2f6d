import { useSearchParams } from 'react-router';

type Change = (changes: Record<string, string>) => void;

/** The parameters in the address, and how to change some of them; an empty value is none. */
export function useAddress(): [URLSearchParams, Change] {
  const [address, setAddress] = useSearchParams();
  const change: Change = (changes) => {
    // Of the address itself: what was drawn last may be older than the last change.
    const next = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === '') {
        next.delete(name);
      } else {
        next.set(name, value);
      }
    }
    setAddress(next, { replace: true });
  };
  return [address, change];
}
