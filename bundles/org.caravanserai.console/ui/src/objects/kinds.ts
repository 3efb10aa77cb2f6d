import { useQuery } from '@tanstack/react-query';
import { call } from '../api/client';
import type { KindAnswer, Page } from '../api/types';

/** The kinds of objects that the server has, by name. */
export function useKinds() {
  return useQuery({
    queryKey: ['kinds'],
    queryFn: async ({ signal }) => {
      const { items } = await call<Page<KindAnswer>>('kinds', { signal });
      return items.sort((a, b) => a.name.localeCompare(b.name));
    },
    staleTime: 60_000,
  });
}

/** One of them. */
export function useKind(name: string): KindAnswer | undefined {
  return useKinds().data?.find((kind) => kind.name === name);
}
