import { Grid, GridItem, PageSection, Tab, Tabs, TabTitleText } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Link, useParams } from 'react-router';
import { call, path } from '../api/client';
import { useMayChange } from '../api/readOnly';
import { useRole } from '../api/roles';
import { count, counted, duration } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useAddress } from '../shared/useAddress';
import { Waiting } from '../shared/Waiting';
import { NodeDetails } from './NodeDetails';
import { Processors } from './Processors';
import { RouteActions } from './RouteActions';
import { Owner, RouteState } from './RouteList';
import { Trace } from './Trace';
import type { RouteDiagram } from './types';
import { editorPage, millis } from './words';

const Diagram = lazy(async () => ({ default: (await import('./Diagram')).Diagram }));

const REFRESH_MILLIS = 3_000;
const ABOVE = [{ to: '/routes', title: 'Camel routes' }];

/** One Camel route: its diagram with figures, what can be done with it, a trace of its messages. */
export function RoutePage() {
  const { '*': id = '' } = useParams();
  const mayControl = useMayChange('operator');
  const { data: diagram, error } = useQuery({
    queryKey: ['route', id],
    queryFn: ({ signal }) => call<RouteDiagram>(path('routes', id, 'diagram'), { signal }),
    refetchInterval: REFRESH_MILLIS,
  });
  const route = diagram?.route;
  return (
    <>
      <PageHead
        title={id}
        above={ABOVE}
        labels={route && <RouteState state={route.state} />}
        actions={route && mayControl && <RouteActions key={id} route={route} />}
      >
        {route && (
          <p>
            Of <Owner route={route} />
            {route.deployment && (
              <>
                {' '}
                (<Link to={editorPage(route) ?? ''}>its source</Link>)
              </>
            )}
            . {counted(route.exchanges, 'message')}, {count(route.failed)} failed,{' '}
            {count(route.inflight)} inside
            {route.exchanges > 0 &&
              `, mean ${millis(route.meanMillis)}, longest ${millis(route.maxMillis)}`}
            {route.uptimeMillis > 0 && `. Started ${duration(route.uptimeMillis)} ago`}.
          </p>
        )}
      </PageHead>
      <PageSection>
        {error && <ProblemAlert failure={error} />}
        {!diagram && !error && <Waiting what={id} />}
        {diagram && <Parts diagram={diagram} />}
      </PageSection>
    </>
  );
}

function Parts({ diagram }: { diagram: RouteDiagram }) {
  const [address, change] = useAddress();
  const mayTrace = useRole('operator') && diagram.route.deployment !== undefined;
  const parts = ['diagram', 'processors', ...(mayTrace ? ['trace'] : [])];
  const asked = address.get('part') ?? '';
  const part = parts.includes(asked) ? asked : 'diagram';
  return (
    <Tabs
      aria-label="Parts of the route"
      activeKey={part}
      mountOnEnter
      unmountOnExit
      onSelect={(_, key) => change({ part: key === 'diagram' ? '' : String(key) })}
    >
      <Tab eventKey="diagram" title={<TabTitleText>Diagram</TabTitleText>}>
        <div className="serai-part">
          <Drawn diagram={diagram} />
        </div>
      </Tab>
      <Tab eventKey="processors" title={<TabTitleText>Processors</TabTitleText>}>
        <div className="serai-part">
          <Processors diagram={diagram} />
        </div>
      </Tab>
      {mayTrace && (
        <Tab eventKey="trace" title={<TabTitleText>Trace</TabTitleText>}>
          <div className="serai-part">
            <Trace key={diagram.route.id} diagram={diagram} />
          </div>
        </Tab>
      )}
    </Tabs>
  );
}

function Drawn({ diagram }: { diagram: RouteDiagram }) {
  const [address, change] = useAddress();
  const chosen = address.get('node') ?? '';
  const node = diagram.nodes.find(({ id }) => id === chosen);
  return (
    <Grid hasGutter>
      <GridItem xl={9}>
        <Suspense fallback={<Waiting what="the diagram" />}>
          <Diagram diagram={diagram} chosen={chosen} onChoose={(id) => change({ node: id })} />
        </Suspense>
      </GridItem>
      <GridItem xl={3}>
        {node ? (
          <NodeDetails route={diagram.route} node={node} />
        ) : (
          <p className="serai-note">
            Choose a processor to see all that it says, its line in the source, and where it leads.
            Its numbers are the messages that have left it, and how long one took on average.
          </p>
        )}
      </GridItem>
    </Grid>
  );
}
