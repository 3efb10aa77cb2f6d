import { PageSection } from '@patternfly/react-core';
import { PageHead } from '../shared/PageHead';
import { Charts } from './Charts';
import { SERVER_CHARTS } from './numbers';

/** The numbers of the server over the last time. */
export function MetricsPage() {
  return (
    <>
      <PageHead title="Metrics" />
      <PageSection>
        <Charts charts={SERVER_CHARTS} />
      </PageSection>
    </>
  );
}
