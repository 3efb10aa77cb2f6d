import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { call, query } from '../api/client';
import type { History } from '../api/types';
import { stepOf } from './numbers';

const REFRESH_MILLIS = 5_000;

/** The numbers of the last time, of the server or of a service, asked for again and again. */
export function useHistory(seconds: number, asked: { service?: string; names?: string } = {}) {
  const given = query({ ...asked, seconds, step: stepOf(seconds) });
  return useQuery({
    queryKey: ['history', given],
    queryFn: ({ signal }) => call<History>(`metrics/history${given}`, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MILLIS,
  });
}
