import { Label, PageSection, ToolbarItem } from '@patternfly/react-core';
import { Link } from 'react-router';
import { path, query } from '../api/client';
import type { ServiceInfo } from '../api/types';
import { UNITS } from '../metrics/numbers';
import { count, duration, moment } from '../shared/format';
import { Filter } from '../shared/Filter';
import { PageHead } from '../shared/PageHead';
import { ServerTable, type Column } from '../shared/ServerTable';

const COLUMNS: Column<ServiceInfo>[] = [
  {
    title: 'Service',
    sort: 'name',
    cell: ({ name }) => <Link to={`/${path('services', name)}`}>{name}</Link>,
  },
  { title: 'State', cell: (service) => <ServiceState service={service} /> },
  {
    title: 'Deployment, revision',
    sort: 'deployment',
    cell: ({ deployment, revision }) => (
      <>
        <Link to={`/${path('deployments', deployment)}`}>{deployment}</Link>, {revision}
      </>
    ),
  },
  {
    title: 'Rate',
    sort: 'callsPerSecond',
    isNumeric: true,
    cell: ({ callsPerSecond }) => UNITS.rate.text(callsPerSecond),
  },
  {
    title: 'p95',
    sort: 'p95Micros',
    isNumeric: true,
    cell: ({ p95Micros }) => (p95Micros === 0 ? '–' : duration(p95Micros / 1000)),
  },
  { title: 'Calls', sort: 'calls', isNumeric: true, cell: ({ calls }) => count(calls) },
  { title: 'Failures', sort: 'failures', isNumeric: true, cell: ({ failures }) => count(failures) },
  {
    title: 'Last failure',
    sort: 'lastFailure',
    cell: ({ lastFailure }) =>
      lastFailure && (
        <>
          <Link to={`/logs${query({ cid: lastFailure.cid })}`}>{moment(lastFailure.time)}</Link>{' '}
          <span className="serai-text">
            {lastFailure.status}: {lastFailure.message}
          </span>
        </>
      ),
  },
];

/** All services of the server. */
export function ServiceList() {
  return (
    <>
      <PageHead title="Services" />
      <PageSection>
        <ServerTable
          path="services"
          label="services"
          columns={COLUMNS}
          rowKey={({ name }) => name}
          filters={['failing']}
          empty="No service is deployed. A Java file in a deploy folder is one."
        >
          <ToolbarItem>
            <Filter name="failing" label="Failing" values={['true', 'false']} />
          </ToolbarItem>
        </ServerTable>
      </PageSection>
    </>
  );
}

/** What deserves a look at a service. */
export function ServiceState({ service }: { service: ServiceInfo }) {
  if (service.stuck > 0) {
    return <Label status="danger">{count(service.stuck)} stuck</Label>;
  }
  if (service.rejected > 0) {
    return <Label status="warning">{count(service.rejected)} turned away</Label>;
  }
  if (service.failures > 0) {
    return <Label status="warning">has failed</Label>;
  }
  return <Label status="success">live</Label>;
}
