import { Label, PageSection, ToolbarItem } from '@patternfly/react-core';
import { Link } from 'react-router';
import type { QueueStatus } from '../api/types';
import { Filter } from '../shared/Filter';
import { count, duration } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { ServerTable, type Column } from '../shared/ServerTable';
import { deadOf, queuePage } from './names';
import { Depth, PubSubPages } from './parts';

const KINDS = ['subscription', 'queue', 'service', 'dead', 'client'];

/** What a list of queues shows. */
export const QUEUE_COLUMNS: Column<QueueStatus>[] = [
  {
    title: 'Queue',
    sort: 'name',
    cell: ({ name, kind, enabled }) => (
      <div className="serai-name">
        <Link to={queuePage(name)}>{name}</Link>
        {!enabled && (
          <>
            {' '}
            <Label isCompact>takes no messages</Label>
          </>
        )}
        <p className="serai-note">{kind}</p>
      </div>
    ),
  },
  {
    title: 'Waiting',
    sort: 'depth',
    isNumeric: true,
    cell: (queue) => <Depth {...queue} />,
  },
  {
    title: 'Oldest',
    sort: 'oldestSeconds',
    isNumeric: true,
    cell: ({ oldestSeconds }) => age(oldestSeconds),
  },
  { title: 'In/s', sort: 'inRate', isNumeric: true, cell: ({ inRate }) => inRate.toFixed(1) },
  { title: 'Out/s', sort: 'outRate', isNumeric: true, cell: ({ outRate }) => outRate.toFixed(1) },
  {
    title: 'Consumers',
    sort: 'consumers',
    isNumeric: true,
    cell: ({ consumers }) => count(consumers),
  },
  {
    title: 'Dead',
    sort: 'dead',
    isNumeric: true,
    cell: ({ name, dead }) =>
      dead > 0 ? <Link to={queuePage(deadOf(name))}>{count(dead)}</Link> : '0',
  },
];

/** All queues, those of dead letters too. */
export function QueueList() {
  return (
    <>
      <PageHead title="Queues" />
      <PageSection>
        <PubSubPages />
        <ServerTable
          path="pubsub/queues"
          label="queues"
          columns={QUEUE_COLUMNS}
          rowKey={({ name }) => name}
          filters={['kind', 'isNearlyFull']}
          empty="There is one for each subscription, each pubsub_queue, and what services are sent."
        >
          <ToolbarItem>
            <Filter name="kind" label="Kind" values={KINDS} />
          </ToolbarItem>
          <ToolbarItem>
            <Filter name="isNearlyFull" label="Nearly full" values={['true', 'false']} />
          </ToolbarItem>
        </ServerTable>
      </PageSection>
    </>
  );
}

/** How long the first message has waited. */
export function age(seconds: number | undefined): string {
  return seconds === undefined ? '–' : duration(Math.max(1, seconds) * 1000);
}
