import {
  CodeBlock,
  CodeBlockCode,
  Content,
  Label,
  PageSection,
  Tab,
  Tabs,
  TabTitleText,
} from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link, useParams } from 'react-router';
import { call, path, query } from '../api/client';
import { useMayChange } from '../api/readOnly';
import { useRole } from '../api/roles';
import type { DeploymentInfo, JsonSchema, ServiceAnswer, ServiceInfo } from '../api/types';
import { Charts } from '../metrics/Charts';
import { SERVICE_CHARTS } from '../metrics/numbers';
import { Figure, Figures } from '../shared/Figures';
import { count, duration, moment } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useAddress } from '../shared/useAddress';
import { Waiting } from '../shared/Waiting';
import { CallerList } from './CallerList';
import { Invoke } from './Invoke';
import { Revisions } from './Revisions';
import { ServiceState } from './ServiceList';

const Markdown = lazy(async () => ({ default: (await import('../shared/Markdown')).Markdown }));
const REFRESH_MILLIS = 3_000;
const ABOVE = [{ to: '/services', title: 'Services' }];

/** One service: its figures, invoke, revisions, types. */
export function ServicePage() {
  const { name = '' } = useParams();
  const mayEdit = useRole('developer');
  const { data: service, error } = useQuery({
    queryKey: ['service', name],
    queryFn: ({ signal }) => call<ServiceAnswer>(path('services', name), { signal }),
    refetchInterval: REFRESH_MILLIS,
  });
  return (
    <>
      <PageHead
        title={name}
        above={ABOVE}
        labels={
          service && (
            <>
              <ServiceState service={service} />
              <Label variant="outline">revision {service.revision}</Label>
            </>
          )
        }
        actions={
          <>
            {mayEdit && <Link to={`/ide${query({ service: name })}`}>Its source</Link>}{' '}
            <Link to={`/logs${query({ service: name })}`}>Its log</Link>
          </>
        }
      >
        {service?.summary && <Prose text={service.summary} />}
      </PageHead>
      {error && (
        <PageSection>
          <ProblemAlert failure={error} />
        </PageSection>
      )}
      {!service && !error && <Waiting what={name} />}
      {service && (
        <>
          <PageSection>
            <ServiceFigures service={service} />
          </PageSection>
          <PageSection>
            <Parts service={service} />
          </PageSection>
        </>
      )}
    </>
  );
}

/** What a Javadoc says, in Markdown. */
function Prose({ text }: { text: string }) {
  return (
    <Suspense fallback={<p className="serai-text">{text}</p>}>
      <Markdown text={text} />
    </Suspense>
  );
}

function Parts({ service }: { service: ServiceAnswer }) {
  const [address, change] = useAddress();
  const mayInvoke = useMayChange('operator');
  const parts = [...(mayInvoke ? ['invoke'] : []), 'numbers', 'callers', 'revisions', 'types'];
  const asked = address.get('part') ?? '';
  const part = parts.includes(asked) ? asked : parts[0];
  return (
    <Tabs
      aria-label="Parts of the service"
      activeKey={part ?? ''}
      mountOnEnter
      onSelect={(_, key) => change({ part: String(key) })}
    >
      {mayInvoke && (
        <Tab eventKey="invoke" title={<TabTitleText>Invoke</TabTitleText>}>
          <div className="serai-part">
            <Invoke key={service.name} service={service} />
          </div>
        </Tab>
      )}
      <Tab eventKey="numbers" title={<TabTitleText>Numbers</TabTitleText>}>
        <div className="serai-part">
          <Charts key={service.name} charts={SERVICE_CHARTS} service={service.name} />
        </div>
      </Tab>
      <Tab eventKey="callers" title={<TabTitleText>Callers</TabTitleText>}>
        <div className="serai-part">
          <CallerList service={service.name} />
        </div>
      </Tab>
      <Tab eventKey="revisions" title={<TabTitleText>Revisions</TabTitleText>}>
        <div className="serai-part">
          <Deployed deployment={service.deployment} />
        </div>
      </Tab>
      <Tab eventKey="types" title={<TabTitleText>Types</TabTitleText>}>
        <div className="serai-part">
          {service.description && (
            <Content>
              <Prose text={service.description} />
            </Content>
          )}
          <Type title="Takes" type={service.input} schema={service.inputSchema} />
          <Type title="Returns" type={service.output} schema={service.outputSchema} />
        </div>
      </Tab>
    </Tabs>
  );
}

function Deployed({ deployment }: { deployment: string }) {
  const { data, error } = useQuery({
    queryKey: ['deployment', deployment],
    queryFn: ({ signal }) => call<DeploymentInfo>(path('deployments', deployment), { signal }),
    refetchInterval: REFRESH_MILLIS,
  });
  return (
    <>
      <p className="serai-note">
        Revisions are those of the deployment{' '}
        <Link to={`/${path('deployments', deployment)}`}>{deployment}</Link>.
      </p>
      {error && <ProblemAlert failure={error} />}
      {data && <Revisions deployment={data} />}
    </>
  );
}

function Type(props: { title: string; type: string; schema: JsonSchema | undefined }) {
  const { title, type, schema } = props;
  return (
    <section className="serai-part">
      <h2>
        {title} <code className="serai-text">{type}</code>
      </h2>
      {schema && (
        <CodeBlock>
          <CodeBlockCode>{JSON.stringify(schema, null, 2)}</CodeBlockCode>
        </CodeBlock>
      )}
    </section>
  );
}

/** How it is lately, and the counters since the start of the server. */
function ServiceFigures({ service }: { service: ServiceInfo }) {
  const { calls, failures, lastFailure } = service;
  return (
    <>
      <Figures label="Numbers of the service">
        <Figure title="Calls a second" value={service.callsPerSecond.toFixed(1)} />
        <Figure
          title="95 of 100 within"
          value={service.p95Micros === 0 ? '–' : duration(service.p95Micros / 1000)}
        />
        <Figure title="Calls" value={count(calls)} />
        <Figure title="Mean" value={calls === 0 ? '–' : duration(service.meanMicros / 1000)} />
        <Figure title="Inside" value={count(service.inside)} />
        <Figure title="In old revisions" value={count(service.draining)} />
        <Figure title="Failures" value={count(failures)} />
        <Figure title="Turned away" value={count(service.rejected)} />
        <Figure title="Stuck" value={count(service.stuck)} />
      </Figures>
      {lastFailure && (
        <p className="serai-lead serai-text">
          Last failure {moment(lastFailure.time)}: {lastFailure.status}, {lastFailure.message}{' '}
          <Link to={`/logs${query({ cid: lastFailure.cid })}`}>Its lines in the log</Link>
        </p>
      )}
    </>
  );
}
