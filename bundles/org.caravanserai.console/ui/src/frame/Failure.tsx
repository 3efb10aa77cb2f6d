import { PageSection } from '@patternfly/react-core';
import { useRouteError } from 'react-router';
import { ProblemAlert } from '../shared/ProblemAlert';

/** A page that broke, in place of it. */
export function Failure() {
  return (
    <PageSection>
      <ProblemAlert failure={useRouteError()} title="This page could not be shown" />
    </PageSection>
  );
}
