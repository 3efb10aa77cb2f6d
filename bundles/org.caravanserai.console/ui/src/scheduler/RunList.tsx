import { PageSection, ToolbarItem } from '@patternfly/react-core';
import { Link } from 'react-router';
import { useRole } from '../api/roles';
import type { RunInfo } from '../api/types';
import { Filter } from '../shared/Filter';
import { moment } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { ServerTable, type Column } from '../shared/ServerTable';
import { useAddress } from '../shared/useAddress';
import { jobPage, OUTCOMES, runPage, RunState, SchedulerPages, took } from './parts';

const ORIGINS: Record<string, string> = { schedule: 'by the clock', manual: 'by hand' };

/** Runs of all jobs, the latest first. */
export function RunList() {
  return (
    <>
      <PageHead title="Runs" />
      <PageSection>
        <SchedulerPages />
        <Runs />
      </PageSection>
    </>
  );
}

/** Runs of a job, or of all. */
export function Runs({ job }: { job?: string }) {
  const maySee = useRole('operator');
  const [address] = useAddress();
  const columns: Column<RunInfo>[] = [
    {
      title: 'Run',
      cell: ({ id }) => (maySee ? <Link to={runPage(id)}>{id}</Link> : id),
    },
    ...(job === undefined
      ? [
          {
            title: 'Job',
            cell: (run: RunInfo) => <Link to={jobPage(run.job)}>{run.job}</Link>,
          },
        ]
      : []),
    { title: 'Ended', cell: (run) => <RunState run={run} /> },
    { title: 'Due', cell: ({ scheduledAt }) => moment(scheduledAt) },
    { title: 'Took', isNumeric: true, cell: took },
    { title: 'Begun', cell: ({ origin }) => originOf(origin) },
    { title: 'Why', cell: ({ error }) => <span className="serai-text">{error}</span> },
  ];
  return (
    <ServerTable
      path="scheduler/runs"
      label="runs"
      columns={columns}
      rowKey={({ id }) => String(id)}
      isSearchable={false}
      {...(job !== undefined && { fixed: { job } })}
      filters={job === undefined ? ['outcome', 'job'] : ['outcome']}
      empty="None has begun. The last 100 of each job are kept."
    >
      <ToolbarItem>
        <Filter name="outcome" label="Ended" values={OUTCOMES} />
      </ToolbarItem>
      {job === undefined && address.has('job') && (
        <ToolbarItem>
          <Filter name="job" label="Job" values={[]} />
        </ToolbarItem>
      )}
    </ServerTable>
  );
}

/** What brought a run about, in words. */
export function originOf(origin: string): string {
  return ORIGINS[origin] ?? origin.replaceAll('_', ' ');
}
