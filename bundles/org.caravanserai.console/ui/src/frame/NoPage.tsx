import { EmptyState, EmptyStateBody, PageSection } from '@patternfly/react-core';
import { Link } from 'react-router';
import { useTitle } from '../shared/useTitle';

/** There is no page here. */
export function NoPage() {
  useTitle('Nothing here');
  return (
    <PageSection>
      <EmptyState titleText="Nothing here" headingLevel="h1">
        <EmptyStateBody>
          The console has no page at this address. <Link to="/">Go to the overview</Link>
        </EmptyStateBody>
      </EmptyState>
    </PageSection>
  );
}
