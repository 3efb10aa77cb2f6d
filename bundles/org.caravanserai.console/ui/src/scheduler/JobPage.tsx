import { Button, List, ListItem, PageSection, Title } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { call, path, post, query } from '../api/client';
import { useMayChange } from '../api/readOnly';
import type { JobInfo, Page, RunInfo } from '../api/types';
import { useNotices } from '../frame/Notices';
import { Facts } from '../shared/Facts';
import { Figure, Figures } from '../shared/Figures';
import { count, fromNow, moment } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { TypeTheName } from '../shared/TypeTheName';
import { Waiting } from '../shared/Waiting';
import { JobState, REFRESH_MILLIS, RunGrid } from './parts';
import { Runs } from './RunList';

const NEXT_SHOWN = 5;
const RUNS_SHOWN = 100;

/** One job: when it runs, how its runs went, and what can be done with it. */
export function JobPage() {
  const { name = '' } = useParams();
  const { data: job, error } = useQuery({
    queryKey: ['job', name],
    queryFn: ({ signal }) =>
      call<JobInfo>(path('scheduler', 'jobs', name) + query({ next: NEXT_SHOWN }), { signal }),
    refetchInterval: REFRESH_MILLIS,
  });
  const mayControl = useMayChange('operator');
  return (
    <>
      <PageHead
        title={name}
        above={[{ to: '/scheduler', title: 'Jobs' }]}
        labels={job && <JobState job={job} />}
        actions={job && mayControl && <Actions job={job} />}
      />
      <PageSection>
        {error && <ProblemAlert failure={error} />}
        {!job && !error && <Waiting what={name} />}
        {job && <Told job={job} />}
      </PageSection>
    </>
  );
}

function Actions({ job: { name, status, madeBy } }: { job: JobInfo }) {
  const [isCancelling, setCancelling] = useState(false);
  const queries = useQueryClient();
  const notify = useNotices();
  const navigate = useNavigate();
  const act = useMutation({
    mutationFn: (action: 'run' | 'pause' | 'resume') =>
      post(path('scheduler', 'jobs', name, action), {}),
    onSuccess: (_, action) =>
      notify(
        'success',
        {
          run: `${name} runs as soon as possible.`,
          pause: `${name} is paused.`,
          resume: `${name} goes on from now.`,
        }[action],
      ),
    onError: (failure) => notify('danger', failure.message),
    onSettled: () => queries.invalidateQueries(),
  });
  const isPaused = status === 'paused';
  return (
    <>
      <Button isDisabled={act.isPending} onClick={() => act.mutate('run')}>
        Run now
      </Button>
      {status !== 'finished' && (
        <Button
          variant="secondary"
          isDisabled={act.isPending}
          onClick={() => act.mutate(isPaused ? 'resume' : 'pause')}
        >
          {isPaused ? 'Resume' : 'Pause'}
        </Button>
      )}
      {madeBy === 'service' ? (
        <Button variant="danger" onClick={() => setCancelling(true)}>
          Take away
        </Button>
      ) : (
        <Link to={`/${path('objects', 'scheduler', name)}`}>How it is configured</Link>
      )}
      {isCancelling && (
        <TypeTheName
          title={`Take ${name} away?`}
          name={name}
          button="Take away"
          action={async () => {
            await call(path('scheduler', 'jobs', name), { method: 'DELETE' });
            notify('success', `${name} is taken away.`);
            void queries.invalidateQueries({ queryKey: ['scheduler/jobs'] });
            void navigate('/scheduler');
          }}
          onClose={() => setCancelling(false)}
        >
          <p>A service has made it. It does not run any more; its history stays.</p>
        </TypeTheName>
      )}
    </>
  );
}

function Told({ job }: { job: JobInfo }) {
  const { name, service, schedule, madeBy, next, status } = job;
  return (
    <>
      <Figures label="Figures">
        <Figure title="Runs by the clock" value={count(job.fires)} />
        <Figure title="Failed" value={count(job.failures)} />
        <Figure title="Missed" value={count(job.misfires)} />
        <Figure title="Left out" value={count(job.skipped)} />
        <Figure title="Running here" value={count(job.running)} />
      </Figures>
      <Facts
        facts={{
          Service: <Link to={`/${path('services', service)}`}>{service}</Link>,
          When: schedule,
          'Made by': madeBy === 'service' ? 'a service' : 'configuration',
        }}
      />
      <section className="serai-part">
        <Title headingLevel="h2" className="serai-heading">
          Next times
        </Title>
        {next.length === 0 ? (
          <p className="serai-note">
            {status === 'finished' ? 'It is over.' : 'None is known: it waits, or has not begun.'}
          </p>
        ) : (
          <Times times={next} label={`Next times of ${name}`} />
        )}
        {status === 'paused' && (
          <p className="serai-note">It is paused: it runs at none of them until it is resumed.</p>
        )}
      </section>
      <section className="serai-part">
        <Title headingLevel="h2" className="serai-heading">
          Runs
        </Title>
        <History job={name} />
        <Runs job={name} />
      </section>
    </>
  );
}

/** Times in words and on the local clock. */
export function Times({ times, label }: { times: string[]; label: string }) {
  return (
    <List aria-label={label}>
      {times.map((time) => (
        <ListItem key={time}>
          {fromNow(time)}, <time dateTime={time}>{moment(time)}</time>
        </ListItem>
      ))}
    </List>
  );
}

/** All runs that are kept, beside each other. */
function History({ job }: { job: string }) {
  const { data } = useQuery({
    queryKey: ['runs', 'history', job],
    queryFn: ({ signal }) =>
      call<Page<RunInfo>>(`scheduler/runs${query({ job, limit: RUNS_SHOWN })}`, { signal }),
    refetchInterval: REFRESH_MILLIS,
  });
  return <div className="serai-history">{data && <RunGrid job={job} runs={data.items} />}</div>;
}
