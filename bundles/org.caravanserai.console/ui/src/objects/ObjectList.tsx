import { Label, PageSection, ToolbarItem } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call, path } from '../api/client';
import type { ObjectInfo, ObjectState, Page } from '../api/types';
import { Filter } from '../shared/Filter';
import { PageHead } from '../shared/PageHead';
import { ServerTable, type Column } from '../shared/ServerTable';

const STATES: Record<ObjectState, 'success' | 'warning' | 'danger' | 'info'> = {
  open: 'success',
  waiting: 'warning',
  failed: 'danger',
  inactive: 'info',
};

const COLUMNS: Column<ObjectInfo>[] = [
  {
    title: 'Object',
    sort: 'name',
    cell: ({ kind, name }) => <Link to={`/${path('objects', kind, name)}`}>{name}</Link>,
  },
  { title: 'Kind', sort: 'kind', cell: ({ kind }) => kind },
  { title: 'State', sort: 'state', cell: ({ state }) => <StateLabel state={state} /> },
  { title: 'Why', cell: ({ reason }) => reason ?? '' },
  { title: 'Origin', sort: 'origin', cell: ({ origin }) => origin },
];

/** All that is configured. */
export function ObjectList() {
  const kinds = useQuery({
    queryKey: ['kinds'],
    queryFn: ({ signal }) => call<Page<{ name: string }>>('kinds', { signal }),
    staleTime: Infinity,
  });
  const names = (kinds.data?.items ?? []).map(({ name }) => name).sort();
  return (
    <>
      <PageHead title="Objects" />
      <PageSection>
        <ServerTable
          path="objects"
          label="objects"
          columns={COLUMNS}
          rowKey={({ kind, name }) => `${kind}/${name}`}
          filters={['kind', 'state']}
          empty="Nothing is configured. A serai.yaml in a deploy folder configures."
        >
          <ToolbarItem>
            <Filter name="kind" label="Kind" values={names} />
          </ToolbarItem>
          <ToolbarItem>
            <Filter name="state" label="State" values={Object.keys(STATES)} />
          </ToolbarItem>
        </ServerTable>
      </PageSection>
    </>
  );
}

/** Whether an object is in operation. */
export function StateLabel({ state }: { state: ObjectState }) {
  return <Label status={STATES[state]}>{state}</Label>;
}
