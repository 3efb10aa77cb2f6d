import { Label } from '@patternfly/react-core';
import { Link } from 'react-router';
import { path } from '../api/client';
import { useRole } from '../api/roles';
import type { JobInfo, Outcome, RunInfo } from '../api/types';
import { duration, moment } from '../shared/format';
import { Subpages } from '../shared/Subpages';

/** How often jobs and runs are asked for. */
export const REFRESH_MILLIS = 3_000;

/** How a run may end. */
export const OUTCOMES: Outcome[] = ['ok', 'error', 'timeout', 'crashed'];

const STATES = { active: 'success', waiting: 'warning', paused: 'warning' } as const;
const LEAST_HEIGHT = 15;

/** The pages of the scheduler. */
export function SchedulerPages() {
  return (
    <Subpages
      label="Scheduler"
      pages={[
        { to: '/scheduler', title: 'Jobs' },
        { to: '/scheduler/runs', title: 'Runs' },
        { to: '/scheduler/preview', title: 'Preview of a timetable' },
      ]}
    />
  );
}

/** The page of a job. */
export function jobPage(job: string): string {
  return `/${path('scheduler', 'jobs', job)}`;
}

/** The page of a run. */
export function runPage(run: number): string {
  return `/${path('scheduler', 'runs', run)}`;
}

/** Whether a job runs. */
export function JobState({ job: { status, waits } }: { job: JobInfo }) {
  const known = STATES[status as keyof typeof STATES] as 'success' | 'warning' | undefined;
  return (
    <>
      <Label {...(known && { status: known })}>{status}</Label>{' '}
      {waits !== undefined && <span className="serai-text">{waits}</span>}
    </>
  );
}

/** How a run ended, or that it has not. */
export function RunState({ run: { state, outcome } }: { run: RunInfo }) {
  if (outcome === undefined) {
    return <Label status="info">{state}</Label>;
  }
  return <Label status={outcome === 'ok' ? 'success' : 'danger'}>{outcome}</Label>;
}

/** How long a run took. */
export function took({ durationMs }: RunInfo): string {
  return durationMs === undefined ? '–' : duration(Math.max(1, durationMs));
}

/** Runs beside each other, the latest at the right: how each ended, and how long it took. */
export function RunGrid({ job, runs }: { job: string; runs: RunInfo[] }) {
  const maySee = useRole('operator');
  const longest = Math.max(1, ...runs.map(({ durationMs }) => durationMs ?? 0));
  if (runs.length === 0) {
    return <>none yet</>;
  }
  return (
    <ol className="serai-runs" aria-label={`Runs of ${job}`}>
      {runs.toReversed().map((run) => {
        const words = `${run.outcome ?? run.state}, ${moment(run.startedAt ?? run.scheduledAt)}, ${took(run)}`;
        const bar = (
          <svg viewBox="0 0 8 100" preserveAspectRatio="none" aria-hidden="true">
            <rect {...barOf(run, longest)} width="8" />
          </svg>
        );
        const className = `serai-run serai-run-${run.outcome ?? 'open'}`;
        return (
          <li key={run.id}>
            {maySee ? (
              <Link to={runPage(run.id)} className={className} title={words} aria-label={words}>
                {bar}
              </Link>
            ) : (
              <span className={className} title={words} role="img" aria-label={words}>
                {bar}
              </span>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function barOf({ durationMs }: RunInfo, longest: number) {
  const height = Math.max(LEAST_HEIGHT, Math.round((100 * (durationMs ?? longest)) / longest));
  return { y: 100 - height, height };
}
