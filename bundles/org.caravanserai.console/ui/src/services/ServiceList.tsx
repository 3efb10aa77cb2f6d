import { Label, PageSection, ToolbarItem } from '@patternfly/react-core';
import { Link } from 'react-router';
import { path } from '../api/client';
import type { ServiceInfo } from '../api/types';
import { count, duration } from '../shared/format';
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
    title: 'Deployment',
    sort: 'deployment',
    cell: ({ deployment }) => <Link to={`/${path('deployments', deployment)}`}>{deployment}</Link>,
  },
  { title: 'Revision', isNumeric: true, cell: ({ revision }) => revision },
  { title: 'Inside', sort: 'inside', isNumeric: true, cell: ({ inside }) => count(inside) },
  { title: 'Calls', sort: 'calls', isNumeric: true, cell: ({ calls }) => count(calls) },
  { title: 'Failures', sort: 'failures', isNumeric: true, cell: ({ failures }) => count(failures) },
  {
    title: 'Mean',
    sort: 'meanMicros',
    isNumeric: true,
    cell: ({ calls, meanMicros }) => (calls === 0 ? '–' : duration(meanMicros / 1000)),
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
