import { Button, Label } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { call, path } from '../api/client';
import type { DeploymentInfo, Page } from '../api/types';
import { RollBack } from '../services/RollBack';
import { moment } from '../shared/format';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useAddress } from '../shared/useAddress';
import { Waiting } from '../shared/Waiting';
import { revisionSource, type Revision } from './files';

const Difference = lazy(async () => ({
  default: (await import('./editor/Difference')).Difference,
}));

interface Props {
  file: string;
  deployment: DeploymentInfo;
  /** The text in the editor. */
  text: string;
  /** Puts a text into the editor. */
  onTake: (text: string) => void;
}

/** The revisions of a file: each can be compared with the text, and be brought back. */
export function History({ file, deployment, text, onTake }: Props) {
  const [address, change] = useAddress();
  const [chosen, setChosen] = useState<number>();
  const compared = Number(address.get('compare')) || undefined;
  const { data, error } = useQuery({
    queryKey: ['revisions', deployment.name, deployment.revision],
    queryFn: ({ signal }) =>
      call<Page<Revision>>(path('deployments', deployment.name, 'revisions'), { signal }),
  });
  return (
    <>
      {error && <ProblemAlert failure={error} />}
      {!data && !error && <Waiting what="revisions" />}
      {data && (
        <Table aria-label="Revisions" variant="compact">
          <Thead>
            <Tr>
              <Th>Revision</Th>
              <Th>Live since</Th>
              <Th screenReaderText="Actions" />
            </Tr>
          </Thead>
          <Tbody>
            {data.items.map(({ number, since, isCurrent }) => (
              <Tr key={number}>
                <Td dataLabel="Revision">
                  {number} {isCurrent && <Label status="success">serves</Label>}
                </Td>
                <Td dataLabel="Live since">{since === undefined ? '–' : moment(since)}</Td>
                <Td isActionCell>
                  <Button
                    variant="link"
                    size="sm"
                    onClick={() => change({ compare: compared === number ? '' : String(number) })}
                  >
                    {compared === number ? 'End of comparison' : `Compare with ${number}`}
                  </Button>
                  {!isCurrent && (
                    <Button variant="link" size="sm" onClick={() => setChosen(number)}>
                      Roll back to {number}
                    </Button>
                  )}
                </Td>
              </Tr>
            ))}
          </Tbody>
        </Table>
      )}
      {compared !== undefined && (
        <Compared
          file={file}
          deployment={deployment.name}
          revision={compared}
          text={text}
          onTake={onTake}
        />
      )}
      {chosen !== undefined && (
        <RollBack deployment={deployment} revision={chosen} onClose={() => setChosen(undefined)} />
      )}
    </>
  );
}

interface ComparedProps {
  file: string;
  deployment: string;
  revision: number;
  text: string;
  onTake: (text: string) => void;
}

function Compared({ file, deployment, revision, text, onTake }: ComparedProps) {
  const { data, error } = useQuery({
    queryKey: ['source', deployment, revision],
    queryFn: ({ signal }) => revisionSource(deployment, revision, signal),
    staleTime: Infinity,
  });
  if (error) {
    return <ProblemAlert failure={error} />;
  }
  if (data === undefined) {
    return <Waiting what={`revision ${revision}`} />;
  }
  return (
    <section aria-label={`Revision ${revision} and the text`}>
      {data === text ? (
        <p className="serai-note">The text is that of revision {revision}.</p>
      ) : (
        <Suspense fallback={<Waiting what="the difference" />}>
          <Difference
            file={file}
            left={{ label: `Revision ${revision}`, text: data }}
            right={{ label: 'The text in the editor', text }}
          />
        </Suspense>
      )}
      {data !== text && (
        <Button variant="secondary" size="sm" onClick={() => onTake(data)}>
          Put revision {revision} into the editor
        </Button>
      )}
    </section>
  );
}
