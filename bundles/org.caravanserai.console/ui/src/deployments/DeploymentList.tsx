import {
  FormSelect,
  FormSelectOption,
  Label,
  PageSection,
  ToolbarItem,
} from '@patternfly/react-core';
import { Link, useSearchParams } from 'react-router';
import { path } from '../api/client';
import type { DeploymentInfo } from '../api/types';
import { counted, moment } from '../shared/format';
import { PageHead } from '../shared/PageHead';
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
          filters={['status']}
          empty="Nothing is deployed. Put a Java file into a deploy folder."
        >
          <ToolbarItem>
            <Filter name="status" label="State" values={STATES} />
          </ToolbarItem>
        </ServerTable>
      </PageSection>
    </>
  );
}

/** A choice that the address holds. */
export function Filter(props: { name: string; label: string; values: string[] }) {
  const { name, label, values } = props;
  const [address, setAddress] = useSearchParams();
  const chosen = address.get(name) ?? '';
  const all = chosen === '' || values.includes(chosen) ? values : [...values, chosen];
  const choose = (value: string) => {
    const next = new URLSearchParams(address);
    next.delete('page');
    if (value === '') {
      next.delete(name);
    } else {
      next.set(name, value);
    }
    setAddress(next, { replace: true });
  };
  return (
    <FormSelect aria-label={label} value={chosen} onChange={(_, value) => choose(value)}>
      <FormSelectOption value="" label={`${label}: any`} />
      {all.map((value) => (
        <FormSelectOption key={value} value={value} label={value} />
      ))}
    </FormSelect>
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
