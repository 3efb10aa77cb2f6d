import {
  Alert,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  PageSection,
  Title,
} from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import { call, path, query } from '../api/client';
import { useRole } from '../api/roles';
import type { DeploymentInfo } from '../api/types';
import { Revisions } from '../services/Revisions';
import { moment } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { Diagnostics, ProblemAlert } from '../shared/ProblemAlert';
import { Waiting } from '../shared/Waiting';
import { DeploymentState } from './DeploymentList';

const REFRESH_MILLIS = 3_000;
const ABOVE = [{ to: '/deployments', title: 'Deployments' }];

/** One deployment: what it holds, why its last change was refused, its revisions. */
export function DeploymentPage() {
  const { name = '' } = useParams();
  const { data: deployment, error } = useQuery({
    queryKey: ['deployment', name],
    queryFn: ({ signal }) => call<DeploymentInfo>(path('deployments', name), { signal }),
    refetchInterval: REFRESH_MILLIS,
  });
  return (
    <>
      <PageHead
        title={name}
        above={ABOVE}
        labels={deployment && <DeploymentState deployment={deployment} />}
      />
      <PageSection>
        {error && <ProblemAlert failure={error} />}
        {!deployment && !error && <Waiting what={name} />}
        {deployment && <Told deployment={deployment} />}
      </PageSection>
    </>
  );
}

function Told({ deployment }: { deployment: DeploymentInfo }) {
  const mayEdit = useRole('developer');
  const { revision, since, origin, source, services, parts, rejected, bundle, bundleProblem } =
    deployment;
  return (
    <>
      {rejected.length > 0 && (
        <Alert
          component="p"
          variant={revision > 0 ? 'warning' : 'danger'}
          isInline
          title={
            revision > 0
              ? `The last change was refused; revision ${revision} stays`
              : 'It was refused and has never been live'
          }
        >
          <Diagnostics diagnostics={rejected} deployment={mayEdit ? deployment.name : undefined} />
        </Alert>
      )}
      {bundleProblem && (
        <Alert component="p" variant="warning" isInline title="Its bundle is not as it should be">
          <span className="serai-text">{bundleProblem}</span>
        </Alert>
      )}
      <DescriptionList isHorizontal isCompact className="serai-part">
        {revision > 0 && <Item term="Revision">{`${revision}, since ${moment(since)}`}</Item>}
        <Item term="File">
          {origin === undefined || !mayEdit ? (
            <code className="serai-text">{origin ?? 'none, it came by the API'}</code>
          ) : (
            <Link className="serai-text" to={`/ide${query({ deployment: deployment.name })}`}>
              {origin}
            </Link>
          )}
          {source === 'differs' && ' (differs: it could not be written)'}
        </Item>
        {services.length > 0 && (
          <Item term="Services">
            <ul>
              {services.map((each) => (
                <li key={each}>
                  <Link to={`/${path('services', each)}`}>{each}</Link>
                </li>
              ))}
            </ul>
          </Item>
        )}
        {parts.length > 0 && (
          <Item term="Routes">
            <ul>
              {parts.map((each) => (
                <li key={each}>
                  <Link to={`/${path('routes', each)}`}>{each}</Link>
                </li>
              ))}
            </ul>
          </Item>
        )}
        {bundle !== undefined && (
          <Item term="Bundle">
            <Link to={`/bundles/${bundle}`}>{bundle}</Link>
          </Item>
        )}
      </DescriptionList>
      {deployment.revisions.length > 0 && (
        <section className="serai-part">
          <Title headingLevel="h2">Revisions</Title>
          <Revisions deployment={deployment} />
        </section>
      )}
    </>
  );
}

function Item({ term, children }: { term: string; children: ReactNode }) {
  return (
    <DescriptionListGroup>
      <DescriptionListTerm>{term}</DescriptionListTerm>
      <DescriptionListDescription>{children}</DescriptionListDescription>
    </DescriptionListGroup>
  );
}
