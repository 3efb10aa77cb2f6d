import { useState } from 'react';

/** A call that this browser keeps, with the answer as it was. */
export interface Sample {
  name: string;
  input: string;
  type: string;
  status: number;
  text: string;
}

const PREFIX = 'serai.samples:';

/** The samples of a service, and how to keep others; it answers whether this browser does. */
export function useSamples(service: string): [Sample[], (samples: Sample[]) => boolean] {
  const [samples, setSamples] = useState(() => kept(service));
  const keep = (next: Sample[]) => {
    try {
      localStorage.setItem(PREFIX + service, JSON.stringify(next));
    } catch {
      return false;
    }
    setSamples(next);
    return true;
  };
  return [samples, keep];
}

function kept(service: string): Sample[] {
  try {
    const found = JSON.parse(localStorage.getItem(PREFIX + service) ?? '[]') as unknown;
    return Array.isArray(found) ? (found as Sample[]) : [];
  } catch {
    return [];
  }
}
