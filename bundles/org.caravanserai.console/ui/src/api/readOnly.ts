import { useQuery } from '@tanstack/react-query';
import { call } from './client';
import { useRole } from './roles';
import type { Role } from './types';

/** Whether the whole server is read-only; if so, who said it, since when, and why. */
export type ReadOnly =
  { isReadOnly: false } | { isReadOnly: true; by: string; since: string; reason: string };

/** The key of what the server said of it last, which its events make anew. */
export const READ_ONLY = ['read-only'];

/** Whether the server is read-only, as far as is known. */
export function useReadOnly(): ReadOnly {
  const { data } = useQuery({
    queryKey: READ_ONLY,
    queryFn: ({ signal }) => call<ReadOnly>('read-only', { signal }),
    staleTime: Infinity,
  });
  return data ?? { isReadOnly: false };
}

/** Whether the user may change what takes this role at least: not while the server is read-only. */
export function useMayChange(needed: Role): boolean {
  const isOne = useRole(needed);
  return !useReadOnly().isReadOnly && isOne;
}
