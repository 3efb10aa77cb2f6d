import { Label, PageSection, ToolbarItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call, path } from '../api/client';
import { Filter } from '../shared/Filter';
import { bytes, count, duration, moment } from '../shared/format';
import { Facts } from '../shared/Facts';
import { PageHead } from '../shared/PageHead';
import { ServerTable, type Column } from '../shared/ServerTable';
import type { Bundle, Framework } from './types';

const REFRESH_MILLIS = 5_000;
const STATES = ['active', 'resolved', 'installed', 'starting', 'stopping', 'waiting', 'failure'];

const COLUMNS: Column<Bundle>[] = [
  { title: 'Id', sort: 'id', isNumeric: true, cell: ({ id }) => id },
  {
    title: 'Bundle',
    sort: 'name',
    cell: ({ id, name, title }) => (
      <>
        <Link to={`/bundles/${id}`}>{name}</Link>
        {title !== '' && title !== name && <div className="serai-note">{title}</div>}
      </>
    ),
  },
  { title: 'Version', sort: 'version', cell: ({ version }) => version },
  {
    title: 'State',
    sort: 'state',
    cell: (bundle) => (
      <>
        <BundleState bundle={bundle} />
        {bundle.problem && <div className="serai-note serai-text">{bundle.problem}</div>}
      </>
    ),
  },
  { title: 'Start level', sort: 'startLevel', isNumeric: true, cell: (each) => each.startLevel },
  {
    title: 'Belongs to',
    cell: ({ isServer, deployment }) =>
      deployment ? (
        <Link to={`/${path('deployments', deployment)}`}>{deployment}</Link>
      ) : (
        isServer && 'the server'
      ),
  },
];

/** The bundles of the framework, and what it runs on. */
export function BundleList() {
  return (
    <>
      <PageHead title="Bundles" />
      <PageSection>
        <FrameworkFacts />
        <div className="serai-part">
          <ServerTable
            path="bundles"
            label="bundles"
            columns={COLUMNS}
            rowKey={({ id }) => String(id)}
            filters={['state', 'isServer']}
          >
            <ToolbarItem>
              <Filter name="state" label="State" values={STATES} />
            </ToolbarItem>
            <ToolbarItem>
              <Filter name="isServer" label="The server is made of it" values={['true', 'false']} />
            </ToolbarItem>
          </ServerTable>
        </div>
      </PageSection>
    </>
  );
}

/** Whether a bundle runs. */
export function BundleState({ bundle }: { bundle: Bundle }) {
  const { state, isFragment, problem } = bundle;
  const status =
    state === 'active' ? 'success' : state === 'failure' ? 'danger' : problem ? 'warning' : null;
  return (
    <Label {...(status ? { status } : {})}>{isFragment ? `${state}, a fragment` : state}</Label>
  );
}

function FrameworkFacts() {
  const { data } = useQuery({
    queryKey: ['framework'],
    queryFn: ({ signal }) => call<Framework>('framework', { signal }),
    refetchInterval: REFRESH_MILLIS,
  });
  if (!data) {
    return null;
  }
  return (
    <Facts
      facts={{
        Server: `Caravanserai ${data.server} on Karaf ${data.karaf}, process ${data.pid}`,
        Framework: data.framework,
        Java: data.java,
        System: `${data.system}, ${data.processors} processors`,
        'Runs for': `${duration(data.uptimeMillis)}, since ${moment(data.startedAt)}`,
        Memory: `${bytes(data.heapUsed)} of ${bytes(data.heapMax)} heap, ${bytes(data.otherUsed)} besides`,
        Threads: count(data.threads),
      }}
    />
  );
}
