import { Label, PageSection } from '@patternfly/react-core';
import { Link } from 'react-router';
import { path } from '../api/client';
import type { CacheStatus } from '../api/types';
import { bytes, count } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { ServerTable, type Column } from '../shared/ServerTable';

const COLUMNS: Column<CacheStatus>[] = [
  {
    title: 'Cache',
    sort: 'name',
    cell: ({ name, isDefault, maxSize }) => (
      <>
        <Link to={`/${path('caches', name)}`}>{name}</Link>{' '}
        {isDefault && <Label isCompact>default</Label>}{' '}
        {maxSize === undefined && <Label isCompact>Redis</Label>}
      </>
    ),
  },
  {
    title: 'Hit rate',
    isNumeric: true,
    cell: hitRate,
  },
  { title: 'Hits', sort: 'hits', isNumeric: true, cell: ({ hits }) => count(hits) },
  { title: 'Misses', sort: 'misses', isNumeric: true, cell: ({ misses }) => count(misses) },
  { title: 'Values', sort: 'size', isNumeric: true, cell: sizeOf },
  {
    title: 'Memory',
    sort: 'bytes',
    isNumeric: true,
    cell: (cache) => (cache.maxSize === undefined ? '–' : bytes(cache.bytes)),
  },
  {
    title: 'Evicted',
    sort: 'evictions',
    isNumeric: true,
    cell: ({ evictions }) => count(evictions),
  },
  {
    title: 'Problem',
    cell: ({ problem }) => <span className="serai-text">{problem}</span>,
  },
];

/** All caches. */
export function CacheList() {
  return (
    <>
      <PageHead title="Caches" />
      <PageSection>
        <ServerTable
          path="caches"
          label="caches"
          columns={COLUMNS}
          rowKey={({ name }) => name}
          empty="An object of the kind cache is one."
        />
      </PageSection>
    </>
  );
}

/** How many of the values that were asked for were there. */
export function hitRate({ hits, misses }: CacheStatus): string {
  return hits + misses === 0 ? '–' : `${((100 * hits) / (hits + misses)).toFixed(1)} %`;
}

/** How many values a cache has, of how many that it may. */
export function sizeOf({ size, maxSize }: CacheStatus): string {
  if (size === undefined) {
    return '–';
  }
  return maxSize === undefined ? count(size) : `${count(size)} of ${count(maxSize)}`;
}
