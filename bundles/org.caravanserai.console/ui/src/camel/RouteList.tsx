import { Label, PageSection, ToolbarItem } from '@patternfly/react-core';
import { Link } from 'react-router';
import { path } from '../api/client';
import { count } from '../shared/format';
import { Filter } from '../shared/Filter';
import { PageHead } from '../shared/PageHead';
import { ServerTable, type Column } from '../shared/ServerTable';
import { useAddress } from '../shared/useAddress';
import type { RouteInfo } from './types';
import { millis, routePage } from './words';

const STATES = ['started', 'suspended', 'stopped'];

const COLUMNS: Column<RouteInfo>[] = [
  { title: 'Route', sort: 'id', cell: ({ id }) => <Link to={routePage(id)}>{id}</Link> },
  { title: 'State', sort: 'state', cell: ({ state }) => <RouteState state={state} /> },
  { title: 'From', cell: ({ from }) => <code className="serai-text">{from}</code> },
  { title: 'Of', sort: 'context', cell: (route) => <Owner route={route} /> },
  { title: 'Inside', sort: 'inflight', isNumeric: true, cell: ({ inflight }) => count(inflight) },
  {
    title: 'Messages',
    sort: 'exchanges',
    isNumeric: true,
    cell: ({ exchanges }) => count(exchanges),
  },
  { title: 'Failed', sort: 'failed', isNumeric: true, cell: ({ failed }) => count(failed) },
  {
    title: 'Mean',
    sort: 'meanMillis',
    isNumeric: true,
    cell: ({ exchanges, meanMillis }) => (exchanges === 0 ? '–' : millis(meanMillis)),
  },
  {
    title: 'Longest',
    sort: 'maxMillis',
    isNumeric: true,
    cell: ({ exchanges, maxMillis }) => (exchanges === 0 ? '–' : millis(maxMillis)),
  },
];

/** All Camel routes of the server. */
export function RouteList() {
  const [address, change] = useAddress();
  const deployment = address.get('deployment') ?? '';
  return (
    <>
      <PageHead title="Camel routes" />
      <PageSection>
        <ServerTable
          path="routes"
          label="routes"
          columns={COLUMNS}
          rowKey={({ id }) => id}
          filters={['state', 'deployment', 'context']}
          empty="There is no route. A file NAME.camel.yaml in a deploy folder has some; each channel is one."
        >
          <ToolbarItem>
            <Filter name="state" label="State" values={STATES} />
          </ToolbarItem>
          {deployment !== '' && (
            <ToolbarItem>
              <Label onClose={() => change({ deployment: '', page: '' })} closeBtnAriaLabel="All">
                of {deployment}
              </Label>
            </ToolbarItem>
          )}
        </ServerTable>
      </PageSection>
    </>
  );
}

/** Whether a route takes messages. */
export function RouteState({ state }: { state: string }) {
  const status = state === 'started' ? 'success' : state === 'stopped' ? 'danger' : 'warning';
  return <Label status={status}>{state}</Label>;
}

/** What a route is of: a deployment, or the channel that it is. */
export function Owner({ route }: { route: RouteInfo }) {
  const { deployment, channel, context } = route;
  if (deployment !== undefined) {
    return <Link to={`/${path('deployments', deployment)}`}>{deployment}</Link>;
  }
  return channel === undefined ? (
    context
  ) : (
    <Link to={`/${path('objects', channel)}`}>{channel}</Link>
  );
}
