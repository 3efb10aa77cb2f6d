import { Label } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { call, query } from '../api/client';
import type { Page, QueueStatus, TopicStatus } from '../api/types';
import { count } from '../shared/format';
import { Subpages } from '../shared/Subpages';

/** How often figures are asked for. */
export const REFRESH_MILLIS = 3_000;

/** The pages of publish/subscribe. */
export function PubSubPages() {
  return (
    <Subpages
      label="Publish/subscribe"
      pages={[
        { to: '/pubsub', title: 'Topics' },
        { to: '/pubsub/queues', title: 'Queues' },
        { to: '/pubsub/replays', title: 'Replays' },
      ]}
    />
  );
}

/** How many messages wait, of how many that may. */
export function Depth({
  depth,
  maxDepth,
  isNearlyFull,
}: Pick<QueueStatus, 'depth' | 'maxDepth' | 'isNearlyFull'>) {
  return (
    <>
      {count(depth)}
      {isNearlyFull && maxDepth !== undefined && (
        <>
          {' '}
          of {count(maxDepth)}{' '}
          <Label status={depth >= maxDepth ? 'danger' : 'warning'} isCompact>
            {depth >= maxDepth ? 'full' : 'nearly full'}
          </Label>
        </>
      )}
    </>
  );
}

/** A queue; null if there is none of that name. */
export function useQueue(name: string) {
  return useOne<QueueStatus>('pubsub/queues', name);
}

/** A topic; null if there is none of that name. */
export function useTopic(name: string) {
  return useOne<TopicStatus>('pubsub/topics', name);
}

function useOne<T extends { name: string }>(list: string, name: string) {
  return useQuery({
    queryKey: [list, 'one', name],
    queryFn: async ({ signal }) => {
      const page = await call<Page<T>>(list + query({ name }), { signal });
      return page.items.find((each) => each.name === name) ?? null;
    },
    refetchInterval: REFRESH_MILLIS,
  });
}
