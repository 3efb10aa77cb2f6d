import { Button, Label } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useState } from 'react';
import { useMayChange } from '../api/readOnly';
import type { DeploymentInfo } from '../api/types';
import { moment } from '../shared/format';
import { RollBack } from './RollBack';

/** The revisions of a deployment, the newest first, each a way back. */
export function Revisions({ deployment }: { deployment: DeploymentInfo }) {
  const [chosen, setChosen] = useState<number>();
  const mayRollBack = useMayChange('operator');
  return (
    <>
      <Table aria-label="Revisions" variant="compact">
        <Thead>
          <Tr>
            <Th>Revision</Th>
            <Th>State</Th>
            {mayRollBack && <Th screenReaderText="Action" />}
          </Tr>
        </Thead>
        <Tbody>
          {deployment.revisions.toReversed().map((revision) => {
            const isCurrent = revision === deployment.revision;
            return (
              <Tr key={revision}>
                <Td dataLabel="Revision">{revision}</Td>
                <Td dataLabel="State">
                  {isCurrent ? (
                    <>
                      <Label status={deployment.status === 'live' ? 'success' : 'danger'}>
                        {deployment.status}
                      </Label>{' '}
                      since {moment(deployment.since)}
                    </>
                  ) : (
                    'kept'
                  )}
                </Td>
                {mayRollBack && (
                  <Td isActionCell>
                    {!isCurrent && (
                      <Button variant="secondary" size="sm" onClick={() => setChosen(revision)}>
                        Roll back to {revision}
                      </Button>
                    )}
                  </Td>
                )}
              </Tr>
            );
          })}
        </Tbody>
      </Table>
      {chosen !== undefined && (
        <RollBack deployment={deployment} revision={chosen} onClose={() => setChosen(undefined)} />
      )}
    </>
  );
}
