import { Label, PageSection, ToolbarItem } from '@patternfly/react-core';
import { Link } from 'react-router';
import { path } from '../api/client';
import { Filter } from '../shared/Filter';
import { PageHead } from '../shared/PageHead';
import { ServerTable, type Column } from '../shared/ServerTable';
import { Repositories } from './Repositories';
import type { Feature } from './types';

const COLUMNS: Column<Feature>[] = [
  {
    title: 'Feature',
    sort: 'name',
    cell: ({ name, version, description }) => (
      <>
        <Link to={`/${path('features', name, version)}`}>{name}</Link>
        {description !== '' && <div className="serai-note">{description}</div>}
      </>
    ),
  },
  { title: 'Version', sort: 'version', cell: ({ version }) => version },
  {
    title: 'State',
    sort: 'state',
    cell: (feature) => <FeatureState feature={feature} />,
  },
  { title: 'Repository', sort: 'repository', cell: ({ repository }) => repository },
];

/** Karaf's features, installed or not. */
export function FeatureList() {
  return (
    <>
      <PageHead title="Features" />
      <PageSection>
        <ServerTable
          path="features"
          label="features"
          columns={COLUMNS}
          rowKey={({ name, version }) => `${name}/${version}`}
          filters={['state', 'isRequired']}
        >
          <ToolbarItem>
            <Filter name="state" label="State" values={['started', 'resolved', 'uninstalled']} />
          </ToolbarItem>
          <ToolbarItem>
            <Filter name="isRequired" label="Asked for" values={['true', 'false']} />
          </ToolbarItem>
        </ServerTable>
        <Repositories />
      </PageSection>
    </>
  );
}

/** Whether a feature is installed, and why. */
export function FeatureState({ feature }: { feature: Feature }) {
  const { state, isRequired } = feature;
  return (
    <>
      <Label {...(state === 'started' ? { status: 'success' as const } : {})}>{state}</Label>{' '}
      {isRequired && <Label variant="outline">asked for</Label>}
    </>
  );
}
