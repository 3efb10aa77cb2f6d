import {
  Card,
  CardBody,
  CardTitle,
  EmptyState,
  EmptyStateBody,
  Gallery,
  Label,
  PageSection,
} from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { call, path, query } from '../api/client';
import type {
  DeploymentInfo,
  Health,
  JobInfo,
  Page,
  QueueStatus,
  SchedulerStatus,
  ServiceInfo,
} from '../api/types';
import { deadOf, queuePage } from '../pubsub/names';
import { count, counted, moment } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { Waiting } from '../shared/Waiting';
import { Trends } from './Trends';

const REFRESH_MILLIS = 5_000;
const MOST = 100;

/** One thing that is wrong. */
interface Fault {
  key: string;
  to: string;
  name: string;
  why: string;
}

/** One area of the server, and what is wrong in it. */
interface Area {
  title: string;
  to: string;
  /** Whether it is only a hint, such as what has happened since the server started. */
  isHint?: boolean;
  faults: Fault[] | undefined;
  error: Error | null;
}

/** What is broken now. */
export function Overview() {
  const areas = useAreas();
  const isKnown = areas.every(({ faults, error }) => faults ?? error);
  const broken = areas.filter(({ faults, error }) => error ?? (faults && faults.length > 0));
  return (
    <>
      <PageHead title="Overview" labels={<Readiness />} />
      <PageSection>
        <Gallery hasGutter minWidths={{ default: '180px' }} component="ul" aria-label="Areas">
          {areas.map((area) => (
            <Tile key={area.title} area={area} />
          ))}
        </Gallery>
      </PageSection>
      <PageSection>
        <Trends />
      </PageSection>
      <PageSection>
        {isKnown && broken.length === 0 && (
          <EmptyState titleText="Nothing is broken" headingLevel="h2" status="success">
            <EmptyStateBody>Everything that is deployed and configured works.</EmptyStateBody>
          </EmptyState>
        )}
        {broken.map((area) => (
          <Faults key={area.title} area={area} />
        ))}
        {!isKnown && <Waiting what="what is broken" />}
      </PageSection>
    </>
  );
}

function useAreas(): Area[] {
  const health = useHealth();
  const services = useList<ServiceInfo>('services', {
    failing: true,
    sort: '-failures',
    limit: MOST,
  });
  const refused = useList<DeploymentInfo>('deployments', { refused: true, limit: MOST });
  const full = useList<QueueStatus>('pubsub/queues', {
    isNearlyFull: true,
    sort: '-depth',
    limit: MOST,
  });
  const dead = useList<QueueStatus>('pubsub/queues', { sort: '-dead', limit: MOST });
  const failed = useList<JobInfo>('scheduler/jobs', { sort: '-failures', limit: MOST });
  const missed = useList<JobInfo>('scheduler/jobs', { sort: '-misfires', limit: MOST });
  const scheduler = useFresh<SchedulerStatus>('scheduler');
  const from = <T,>(data: T | undefined, faults: (data: T) => Fault[]) =>
    data === undefined ? undefined : faults(data);

  return [
    {
      title: 'Readiness',
      to: '/logs?level=WARN',
      error: health.error,
      faults: from(health.data, ({ reasons }) =>
        Object.entries(reasons).map(([name, why]) => ({
          key: name,
          to: `/logs${query({ level: 'WARN', text: name })}`,
          name,
          why,
        })),
      ),
    },
    {
      title: 'Deployments',
      to: '/deployments',
      error: health.error ?? refused.error,
      faults:
        health.data && refused.data
          ? deployments([...health.data.deployments, ...refused.data.items])
          : undefined,
    },
    {
      title: 'Services',
      to: '/services?failing=true&sort=-failures',
      isHint: true,
      error: services.error,
      faults: from(services.data, ({ items }) =>
        items.map(({ name, failures, rejected, stuck, calls }) => ({
          key: name,
          to: `/${path('services', name)}`,
          name,
          why: [
            failures > 0 &&
              `${count(failures)} of ${counted(calls, 'call')} failed since the start`,
            rejected > 0 && `${count(rejected)} turned away, it was busy`,
            stuck > 0 && `${counted(stuck, 'thread')} stuck`,
          ]
            .filter(Boolean)
            .join('; '),
        })),
      ),
    },
    {
      title: 'Objects',
      to: '/objects?sort=state',
      error: health.error,
      faults: from(health.data, ({ objects }) =>
        objects.map(({ kind, name, state, reason }) => ({
          key: `${kind}/${name}`,
          to: `/${path('objects', kind, name)}`,
          name: `${kind}/${name}`,
          why: `${state}${said(reason)}`,
        })),
      ),
    },
    {
      title: 'Queues',
      to: '/pubsub/queues?sort=-depth',
      error: full.error ?? dead.error,
      faults:
        full.data && dead.data
          ? [...fullQueues(full.data.items), ...deadLetters(dead.data.items)]
          : undefined,
    },
    {
      title: 'Jobs',
      to: '/scheduler',
      error: failed.error ?? missed.error ?? scheduler.error,
      faults:
        failed.data && missed.data && scheduler.data
          ? [...noJobs(scheduler.data), ...jobs([...failed.data.items, ...missed.data.items])]
          : undefined,
    },
    {
      title: 'Certificates',
      to: '/objects',
      error: health.error,
      faults: from(health.data, ({ certificates }) =>
        certificates.map(({ kind, name, subject, expires }) => ({
          key: `${kind}/${name}/${subject}`,
          to: `/${path('objects', kind, name)}`,
          name: `${kind}/${name}`,
          why: `${subject} expires ${moment(expires)}`,
        })),
      ),
    },
  ];
}

function deployments(all: DeploymentInfo[]): Fault[] {
  const byName = new Map(all.map((deployment) => [deployment.name, deployment]));
  return [...byName.values()].map(({ name, status, rejected, bundleProblem }) => ({
    key: name,
    to: `/${path('deployments', name)}`,
    name,
    why: `${status === 'live' ? 'its last change was refused' : status}${said(rejected[0]?.message ?? bundleProblem)}`,
  }));
}

function fullQueues(queues: QueueStatus[]): Fault[] {
  return queues.map(({ name, topic, depth, maxDepth }) => ({
    key: `full ${name}`,
    to: queuePage(name),
    name,
    why: `${counted(depth, 'message')} waiting; ${topic} is full with ${count(maxDepth ?? depth)}`,
  }));
}

function deadLetters(queues: QueueStatus[]): Fault[] {
  return queues
    .filter(({ dead }) => dead > 0)
    .map(({ name, dead }) => ({
      key: `dead ${name}`,
      to: queuePage(deadOf(name)),
      name,
      why: counted(dead, 'dead letter'),
    }));
}

function noJobs({ isPaused, fault }: SchedulerStatus): Fault[] {
  const why = fault ?? (isPaused ? 'all jobs of the environment are paused' : undefined);
  return why === undefined ? [] : [{ key: 'scheduler', to: '/scheduler', name: 'scheduler', why }];
}

function jobs(all: JobInfo[]): Fault[] {
  const byName = new Map(all.map((job) => [job.name, job]));
  return [...byName.values()]
    .filter(({ lastOutcome, misfires }) => (lastOutcome ?? 'ok') !== 'ok' || misfires > 0)
    .map(({ name, lastOutcome, misfires, lastRun }) => ({
      key: name,
      to: `/${path('scheduler', 'jobs', name)}`,
      name,
      why: [
        (lastOutcome ?? 'ok') !== 'ok' &&
          `its last run ended with ${lastOutcome}${lastRun === undefined ? '' : `, ${moment(lastRun)}`}`,
        misfires > 0 && `${counted(misfires, 'time')} missed`,
      ]
        .filter(Boolean)
        .join('; '),
    }));
}

function said(why: string | undefined): string {
  return why === undefined ? '' : `: ${why}`;
}

function Readiness() {
  const { data } = useHealth();
  if (data === undefined) {
    return null;
  }
  return data.ready ? (
    <Label status="success">ready</Label>
  ) : (
    <Label status="danger">not ready</Label>
  );
}

function Tile({ area: { title, to, isHint, faults, error } }: { area: Area }) {
  return (
    <Card component="li" isCompact>
      <CardTitle component="h2">
        <Link to={to}>{title}</Link>
      </CardTitle>
      <CardBody>{state(faults, error, isHint ? 'warning' : 'danger')}</CardBody>
    </Card>
  );
}

function state(
  faults: Fault[] | undefined,
  error: Error | null,
  status: 'warning' | 'danger',
): ReactNode {
  if (error) {
    return <Label status="danger">unknown</Label>;
  }
  if (faults === undefined) {
    return '…';
  }
  return faults.length === 0 ? (
    <Label status="success">all well</Label>
  ) : (
    <Label status={status}>
      {faults.length >= MOST ? `${MOST} or more` : faults.length} to look at
    </Label>
  );
}

function Faults({ area: { title, faults, error } }: { area: Area }) {
  return (
    <Card className="serai-faults">
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        {error && <ProblemAlert failure={error} />}
        <ul>
          {faults?.map(({ key, to, name, why }) => (
            <li key={key} className="serai-text">
              <Link to={to}>{name}</Link> {why}
            </li>
          ))}
        </ul>
      </CardBody>
    </Card>
  );
}

function useHealth() {
  return useFresh<Health>('health');
}

function useList<T>(list: string, asked: Record<string, string | number | boolean>) {
  return useFresh<Page<T>>(list + query(asked));
}

function useFresh<T>(asked: string) {
  return useQuery({
    queryKey: [asked],
    queryFn: ({ signal }) => call<T>(asked, { signal }),
    refetchInterval: REFRESH_MILLIS,
  });
}
