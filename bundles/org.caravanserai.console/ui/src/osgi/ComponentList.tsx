import { Label, List, ListItem, PageSection, ToolbarItem } from '@patternfly/react-core';
import { Link } from 'react-router';
import { Filter } from '../shared/Filter';
import { PageHead } from '../shared/PageHead';
import { ServerTable, type Column } from '../shared/ServerTable';
import type { Component } from './types';

const STATES = ['active', 'satisfied', 'unsatisfied', 'failed', 'disabled'];

const COLUMNS: Column<Component>[] = [
  {
    title: 'Component',
    sort: 'name',
    cell: ({ name, services }) => (
      <>
        {name}
        {services.length > 0 && <div className="serai-note">{services.join(', ')}</div>}
      </>
    ),
  },
  {
    title: 'State',
    sort: 'state',
    cell: ({ state, reasons }) => (
      <>
        <Label {...status(state)}>{state}</Label>
        {reasons.length > 0 && (
          <List isPlain>
            {reasons.map((reason) => (
              <ListItem key={reason} className="serai-text">
                {reason}
              </ListItem>
            ))}
          </List>
        )}
      </>
    ),
  },
  {
    title: 'Bundle',
    sort: 'bundleName',
    cell: ({ bundle, bundleName }) => <Link to={`/bundles/${bundle}`}>{bundleName}</Link>,
  },
];

function status(state: string) {
  switch (state) {
    case 'active':
    case 'satisfied':
      return { status: 'success' as const };
    case 'failed':
      return { status: 'danger' as const };
    default:
      return { status: 'warning' as const };
  }
}

/** The components of Declarative Services, and what they wait for. */
export function ComponentList() {
  return (
    <>
      <PageHead title="Components">
        Those of Declarative Services. A satisfied one begins when it is needed.
      </PageHead>
      <PageSection>
        <ServerTable
          path="components"
          label="components"
          columns={COLUMNS}
          rowKey={({ bundle, name }) => `${bundle} ${name}`}
          filters={['state', 'bundle']}
        >
          <ToolbarItem>
            <Filter name="state" label="State" values={STATES} />
          </ToolbarItem>
          <ToolbarItem>
            <Filter name="bundle" label="Bundle" values={[]} />
          </ToolbarItem>
        </ServerTable>
      </PageSection>
    </>
  );
}
