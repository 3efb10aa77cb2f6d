import { Alert, Button, Label, PageSection, ToolbarItem } from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call, post } from '../api/client';
import { useMayChange } from '../api/readOnly';
import type { JobInfo, SchedulerStatus } from '../api/types';
import { Filter } from '../shared/Filter';
import { count, fromNow, moment } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { ServerTable, type Column } from '../shared/ServerTable';
import { jobPage, JobState, OUTCOMES, REFRESH_MILLIS, RunGrid, SchedulerPages } from './parts';

const RUNS_SHOWN = 20;

const COLUMNS: Column<JobInfo>[] = [
  {
    title: 'Job',
    sort: 'name',
    cell: ({ name, schedule }) => (
      <div className="serai-name">
        <Link to={jobPage(name)}>{name}</Link>
        <p className="serai-note">{schedule}</p>
      </div>
    ),
  },
  { title: 'State', sort: 'status', cell: (job) => <JobState job={job} /> },
  {
    title: 'Next',
    sort: 'next',
    cell: ({ next: [next] }) =>
      next === undefined ? '–' : <span title={moment(next)}>{fromNow(next)}</span>,
  },
  { title: 'Last runs', cell: ({ name, runs }) => <RunGrid job={name} runs={runs} /> },
  { title: 'Runs', sort: 'fires', isNumeric: true, cell: ({ fires }) => count(fires) },
  { title: 'Failed', sort: 'failures', isNumeric: true, cell: ({ failures }) => count(failures) },
  { title: 'Missed', sort: 'misfires', isNumeric: true, cell: ({ misfires }) => count(misfires) },
];

/** All jobs. */
export function JobList() {
  const { data: scheduler, error } = useQuery({
    queryKey: ['scheduler'],
    queryFn: ({ signal }) => call<SchedulerStatus>('scheduler', { signal }),
    refetchInterval: REFRESH_MILLIS,
  });
  const mayControl = useMayChange('operator');
  const queries = useQueryClient();
  const pause = useMutation({
    mutationFn: (how: 'pause' | 'resume') => post(`scheduler/${how}`, {}),
    onSettled: () => queries.invalidateQueries(),
  });
  return (
    <>
      <PageHead
        title="Jobs"
        labels={scheduler?.isPaused && <Label status="warning">all paused</Label>}
        actions={
          mayControl && (
            <>
              <Link to="/objects/new/scheduler">New job</Link>
              {scheduler && (
                <Button
                  variant="secondary"
                  isDisabled={pause.isPending}
                  onClick={() => pause.mutate(scheduler.isPaused ? 'resume' : 'pause')}
                >
                  {scheduler.isPaused ? 'Let jobs go on' : 'Pause all jobs'}
                </Button>
              )}
            </>
          )
        }
      />
      <PageSection>
        <SchedulerPages />
        {error && <ProblemAlert failure={error} />}
        {pause.error && <ProblemAlert failure={pause.error} />}
        {scheduler?.isPaused && (
          <Alert
            component="p"
            variant="warning"
            isInline
            title="All jobs of the environment are paused"
          >
            No job runs by the clock, in any server. They go on from now when they are let go on.
          </Alert>
        )}
        {scheduler?.fault !== undefined && (
          <Alert component="p" variant="danger" isInline title="No job runs in this server">
            <span className="serai-text">{scheduler.fault}</span>
          </Alert>
        )}
        {scheduler && !scheduler.isLeading && scheduler.leader !== undefined && (
          <p className="serai-note serai-text">Jobs are run by {scheduler.leader}.</p>
        )}
        <ServerTable
          path="scheduler/jobs"
          label="jobs"
          columns={COLUMNS}
          rowKey={({ name }) => name}
          fixed={{ runs: RUNS_SHOWN }}
          filters={['status', 'lastOutcome', 'madeBy']}
          empty="None is configured. An object of the kind scheduler is one; services make some, too."
        >
          <ToolbarItem>
            <Filter
              name="status"
              label="State"
              values={['active', 'paused', 'waiting', 'finished']}
            />
          </ToolbarItem>
          <ToolbarItem>
            <Filter name="lastOutcome" label="Last run" values={OUTCOMES} />
          </ToolbarItem>
          <ToolbarItem>
            <Filter name="madeBy" label="Made by" values={['object', 'service']} />
          </ToolbarItem>
        </ServerTable>
      </PageSection>
    </>
  );
}
