import { Alert, Button, PageSection, Title } from '@patternfly/react-core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { call, path, post, query } from '../api/client';
import { useMayChange } from '../api/readOnly';
import { useRole } from '../api/roles';
import type { CacheItem, CacheStatus } from '../api/types';
import { useNotices } from '../frame/Notices';
import { Figure, Figures } from '../shared/Figures';
import { bytes, count, counted, fromNow, moment } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { ServerTable, type Column } from '../shared/ServerTable';
import { TypeTheName } from '../shared/TypeTheName';
import { useAddress } from '../shared/useAddress';
import { Waiting } from '../shared/Waiting';
import { hitRate, sizeOf } from './CacheList';
import { Entry } from './Entry';
import { PutEntry } from './PutEntry';

const REFRESH_MILLIS = 3_000;

/** One cache: its figures, and the values in it or one of them. */
export function CachePage() {
  const { '*': name = '' } = useParams();
  const [address] = useAddress();
  const key = address.get('key');
  const { data: cache, error } = useQuery({
    queryKey: ['cache', name],
    queryFn: ({ signal }) => call<CacheStatus>(path('caches', name), { signal }),
    refetchInterval: REFRESH_MILLIS,
  });
  const isOperator = useRole('operator');
  const mayChange = useMayChange('operator');
  const [asked, setAsked] = useState<'put' | 'clear'>();
  const queries = useQueryClient();
  const notify = useNotices();
  const clear = async () => {
    const { deleted } = await post<{ deleted: number }>(
      path('caches', name, 'clear') + query({ confirm: name }),
      {},
    );
    notify('success', `${counted(deleted, 'value')} deleted from ${name}.`);
    void queries.invalidateQueries();
  };
  return (
    <>
      <PageHead
        title={key ?? name}
        above={[
          { to: '/caches', title: 'Caches' },
          ...(key === null ? [] : [{ to: `/${path('caches', name)}`, title: name }]),
        ]}
        actions={
          cache &&
          mayChange &&
          key === null && (
            <>
              <Button variant="secondary" onClick={() => setAsked('put')}>
                Put a value
              </Button>
              <Button variant="danger" onClick={() => setAsked('clear')}>
                Clear
              </Button>
            </>
          )
        }
      />
      <PageSection>
        {error && <ProblemAlert failure={error} />}
        {!cache && !error && <Waiting what={name} />}
        {cache && key === null && <Told cache={cache} />}
        {cache && !isOperator && (
          <p className="serai-note">
            Values are data: to see them takes the role operator at least.
          </p>
        )}
        {cache && isOperator && key !== null && <Entry key={key} cache={name} entry={key} />}
        {cache && isOperator && key === null && <Entries cache={name} />}
      </PageSection>
      {cache && asked === 'put' && <PutEntry cache={name} onClose={() => setAsked(undefined)} />}
      {cache && asked === 'clear' && (
        <TypeTheName
          title={`Delete all values of ${name}?`}
          name={name}
          button="Delete them"
          action={clear}
          onClose={() => setAsked(undefined)}
        >
          <p>Services find none of them any more, and compute or fetch them anew.</p>
        </TypeTheName>
      )}
    </>
  );
}

function Told({ cache }: { cache: CacheStatus }) {
  return (
    <>
      <Figures label="Figures">
        <Figure title="Hit rate" value={hitRate(cache)} />
        <Figure title="Hits" value={count(cache.hits)} />
        <Figure title="Misses" value={count(cache.misses)} />
        <Figure title="Values" value={sizeOf(cache)} />
        {cache.maxSize !== undefined && <Figure title="Memory" value={bytes(cache.bytes)} />}
        <Figure title="Written" value={count(cache.writes)} />
        <Figure title="Evicted" value={count(cache.evictions)} />
        <Figure title="Expired" value={count(cache.expirations)} />
      </Figures>
      {cache.problem !== undefined && (
        <Alert component="p" variant="danger" isInline title="Its Redis is not reached">
          <span className="serai-text">{cache.problem}</span>
        </Alert>
      )}
      {cache.name !== 'default' && (
        <p className="serai-note">
          <Link to={`/${path('objects', 'cache', cache.name)}`}>How it is configured</Link>
        </p>
      )}
    </>
  );
}

function Entries({ cache }: { cache: string }) {
  const columns: Column<CacheItem>[] = [
    {
      title: 'Key',
      cell: ({ key }) => (
        <Link className="serai-text" to={`/${path('caches', cache)}${query({ key })}`}>
          {key}
        </Link>
      ),
    },
    { title: 'Type', cell: ({ type }) => type },
    { title: 'Value', cell: ({ text }) => <code className="serai-text">{text}</code> },
    { title: 'Read', isNumeric: true, cell: ({ hits }) => count(hits) },
    {
      title: 'Kept until',
      cell: ({ expiresAt }) =>
        expiresAt === undefined ? (
          'for ever'
        ) : (
          <span title={moment(expiresAt)}>{fromNow(expiresAt)}</span>
        ),
    },
  ];
  return (
    <section className="serai-part">
      <Title headingLevel="h2" className="serai-heading">
        Values
      </Title>
      <ServerTable
        path={`${path('caches', cache)}/entries`}
        label="keys and values"
        columns={columns}
        rowKey={({ key }) => key}
        empty="Nothing is kept now."
      />
    </section>
  );
}
