import { Label, PageSection, ToolbarItem } from '@patternfly/react-core';
import { Link } from 'react-router';
import { path } from '../api/client';
import type { DeploymentInfo } from '../api/types';
import { counted, moment } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { Filter } from '../shared/Filter';
import { ServerTable, type Column } from '../shared/ServerTable';

const STATES = ['live', 'stopped', 'failed', 'rejected'];

const COLUMNS: Column<DeploymentInfo>[] = [
  {
    title: 'Deployment',
    sort: 'name',
    cell: ({ name }) => <Link to={`/${path('deployments', name)}`}>{name}</Link>,
  },
  {
    title: 'State',
    sort: 'status',
    cell: (deployment) => <DeploymentState deployment={deployment} />,
  },
  { title: 'Revision', sort: 'revision', isNumeric: true, cell: ({ revision }) => revision || '–' },
  {
    title: 'Holds',
    cell: ({ services, parts }) =>
      [
        services.length > 0 && counted(services.length, 'service'),
        parts.length > 0 && counted(parts.length, 'route'),
      ]
        .filter(Boolean)
        .join(', ') || '–',
  },
  { title: 'File', cell: ({ origin }) => origin ?? 'none, it came by the API' },
  {
    title: 'Live since',
    sort: 'since',
    cell: ({ revision, since }) => (revision === 0 ? '–' : moment(since)),
  },
];

/** All deployments of the server. */
export function DeploymentList() {
  return (
    <>
      <PageHead title="Deployments" />
      <PageSection>
        <ServerTable
          path="deployments"
          label="deployments"
          columns={COLUMNS}
          rowKey={({ name }) => name}
          filters={['status', 'refused']}
          empty="Nothing is deployed. Put a Java file into a deploy folder."
        >
          <ToolbarItem>
            <Filter name="status" label="State" values={STATES} />
          </ToolbarItem>
          <ToolbarItem>
            <Filter name="refused" label="Last change refused" values={['true', 'false']} />
          </ToolbarItem>
        </ServerTable>
      </PageSection>
    </>
  );
}

/** Whether a deployment serves, and whether its last change was taken. */
export function DeploymentState({ deployment }: { deployment: DeploymentInfo }) {
  const { status, rejected } = deployment;
  return (
    <>
      <Label status={status === 'live' ? 'success' : 'danger'}>{status}</Label>
      {status === 'live' && rejected.length > 0 && (
        <>
          {' '}
          <Label status="warning">last change refused</Label>
        </>
      )}
    </>
  );
}
