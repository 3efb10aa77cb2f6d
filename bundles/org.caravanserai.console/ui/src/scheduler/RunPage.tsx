import { Alert, CodeBlock, CodeBlockCode, PageSection, Title } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from 'react-router';
import { call, path, query } from '../api/client';
import type { RunInfo } from '../api/types';
import { Facts } from '../shared/Facts';
import { count, moment } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { Waiting } from '../shared/Waiting';
import { jobPage, RunState, took } from './parts';
import { originOf } from './RunList';

const REFRESH_MILLIS = 1_000;

/** One run with its log lines. */
export function RunPage() {
  const { number = '' } = useParams();
  const { data: run, error } = useQuery({
    queryKey: ['run', number],
    queryFn: ({ signal }) => call<RunInfo>(path('scheduler', 'runs', number), { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'done' ? false : REFRESH_MILLIS),
  });
  return (
    <>
      <PageHead
        title={`Run ${number}`}
        above={[
          { to: '/scheduler', title: 'Jobs' },
          ...(run ? [{ to: jobPage(run.job), title: run.job }] : []),
        ]}
        labels={run && <RunState run={run} />}
      />
      <PageSection>
        {error && <ProblemAlert failure={error} />}
        {!run && !error && <Waiting what={`run ${number}`} />}
        {run && <Told run={run} />}
      </PageSection>
    </>
  );
}

function Told({ run }: { run: RunInfo }) {
  return (
    <>
      {run.error !== undefined && (
        <Alert component="p" variant="danger" isInline title="It failed">
          <span className="serai-text">{run.error}</span>
        </Alert>
      )}
      <Facts
        facts={{
          Job: <Link to={jobPage(run.job)}>{run.job}</Link>,
          Begun: originOf(run.origin),
          Due: moment(run.scheduledAt),
          Started: run.startedAt && moment(run.startedAt),
          Took: took(run),
          Attempts: run.attempts > 1 ? count(run.attempts) : undefined,
          Server: run.server === '' ? undefined : run.server,
          'Correlation id': <Link to={`/logs${query({ cid: run.cid })}`}>{run.cid}</Link>,
        }}
      />
      <section className="serai-part">
        <Title headingLevel="h2">Its log</Title>
        {run.log.length === 0 ? (
          <p className="serai-note">
            {run.state === 'done' ? 'Nothing was logged.' : 'It is here when the run has ended.'}
          </p>
        ) : (
          <CodeBlock className="serai-answer" tabIndex={0} role="region" aria-label="Its log">
            <CodeBlockCode>{run.log.join('\n')}</CodeBlockCode>
          </CodeBlock>
        )}
      </section>
    </>
  );
}
