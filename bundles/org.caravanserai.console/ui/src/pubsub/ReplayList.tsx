import { Button, EmptyState, EmptyStateBody, Label, PageSection } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call, path } from '../api/client';
import { useMayChange } from '../api/readOnly';
import type { Page, Replay } from '../api/types';
import { count, moment } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { Waiting } from '../shared/Waiting';
import { queuePage } from './names';
import { PubSubPages } from './parts';

const REFRESH_MILLIS = 1_000;
const STATES = { running: 'info', done: 'success', stopped: 'warning', failed: 'danger' } as const;

/** Replays of dead letters: those that run, and the last ones that have ended. */
export function ReplayList() {
  const { data, error } = useQuery({
    queryKey: ['pubsub/replays'],
    queryFn: ({ signal }) => call<Page<Replay>>('pubsub/replays', { signal }),
    refetchInterval: REFRESH_MILLIS,
  });
  const mayStop = useMayChange('operator');
  const queries = useQueryClient();
  const stop = useMutation({
    mutationFn: (id: string) => call<Replay>(path('pubsub', 'replays', id), { method: 'DELETE' }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['pubsub/replays'] }),
  });
  return (
    <>
      <PageHead title="Replays" />
      <PageSection>
        <PubSubPages />
        {error && <ProblemAlert failure={error} />}
        {stop.error && <ProblemAlert failure={stop.error} />}
        {!data && !error && <Waiting what="replays" />}
        {data?.items.length === 0 && (
          <EmptyState titleText="No replays" headingLevel="h2" variant="sm">
            <EmptyStateBody>
              Dead letters are replayed from the page of their queue.{' '}
              <Link to="/pubsub/queues?kind=dead&sort=-depth">Queues of dead letters</Link>
            </EmptyStateBody>
          </EmptyState>
        )}
        {data && data.items.length > 0 && (
          <div className="serai-table-box">
            <Table aria-label="replays" variant="compact" className="serai-table">
              <Thead>
                <Tr>
                  <Th>To</Th>
                  <Th>State</Th>
                  <Th className="serai-numeric">Given back</Th>
                  <Th className="serai-numeric">Left</Th>
                  <Th className="serai-numeric">A second, at most</Th>
                  <Th>Begun</Th>
                  <Th>Ended</Th>
                  <Th screenReaderText="Action" />
                </Tr>
              </Thead>
              <Tbody>
                {data.items.map((replay) => (
                  <Tr key={replay.id}>
                    <Td dataLabel="To" modifier="breakWord">
                      <Link to={queuePage(replay.target)}>{replay.target}</Link>
                    </Td>
                    <Td dataLabel="State">
                      <Label status={STATES[replay.state]}>{replay.state}</Label>{' '}
                      <span className="serai-text">{replay.failure}</span>
                    </Td>
                    <Td dataLabel="Given back" className="serai-numeric">
                      {count(replay.replayed)}
                    </Td>
                    <Td dataLabel="Left" className="serai-numeric">
                      {count(replay.left)}
                    </Td>
                    <Td dataLabel="A second, at most" className="serai-numeric">
                      {replay.rate === 0 ? 'no limit' : replay.rate}
                    </Td>
                    <Td dataLabel="Begun">{moment(replay.startedAt)}</Td>
                    <Td dataLabel="Ended">{replay.endedAt ? moment(replay.endedAt) : '–'}</Td>
                    <Td isActionCell>
                      {mayStop && replay.state === 'running' && (
                        <Button
                          size="sm"
                          variant="secondary"
                          onClick={() => stop.mutate(replay.id)}
                        >
                          Stop
                        </Button>
                      )}
                    </Td>
                  </Tr>
                ))}
              </Tbody>
            </Table>
          </div>
        )}
      </PageSection>
    </>
  );
}
