import { Label, PageSection, ToolbarItem } from '@patternfly/react-core';
import { Link } from 'react-router';
import { path } from '../api/client';
import { useMayChange } from '../api/readOnly';
import type { ObjectInfo, ObjectState } from '../api/types';
import { Filter } from '../shared/Filter';
import { PageHead } from '../shared/PageHead';
import { ServerTable, type Column } from '../shared/ServerTable';
import { useAddress } from '../shared/useAddress';
import { useKinds } from './kinds';

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
  const names = (useKinds().data ?? []).map(({ name }) => name);
  const [address] = useAddress();
  const kind = address.get('kind') ?? '';
  const mayWrite = useMayChange('operator');
  return (
    <>
      <PageHead
        title="Objects"
        actions={
          mayWrite && (
            <Link
              className="pf-v6-c-button pf-m-primary"
              to={kind === '' ? '/objects/new' : `/${path('objects', 'new', kind)}`}
            >
              {kind === '' ? 'New object' : `New ${kind}`}
            </Link>
          )
        }
      />
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
