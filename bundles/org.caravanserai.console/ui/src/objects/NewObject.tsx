import { PageSection } from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from 'react-router';
import { call, path } from '../api/client';
import type { ObjectAnswer } from '../api/types';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useAddress } from '../shared/useAddress';
import { Waiting } from '../shared/Waiting';
import { changed } from './fields';
import { useKinds } from './kinds';
import { ObjectForm } from './ObjectForm';

const ABOVE = [{ to: '/objects', title: 'Objects' }];

/** What kind of object shall it be. */
export function ChooseKind() {
  const { data: kinds, error } = useKinds();
  return (
    <>
      <PageHead title="New object" above={ABOVE} />
      <PageSection>
        {error && <ProblemAlert failure={error} />}
        {!kinds && !error && <Waiting what="the kinds" />}
        {kinds && (
          <Table aria-label="kinds" variant="compact" className="serai-table">
            <Thead>
              <Tr>
                <Th>Kind</Th>
                <Th>What it is</Th>
              </Tr>
            </Thead>
            <Tbody>
              {kinds.map(({ name, help }) => (
                <Tr key={name}>
                  <Td dataLabel="Kind">
                    <Link to={`/${path('objects', 'new', name)}`}>{name}</Link>
                  </Td>
                  <Td dataLabel="What it is">{help}</Td>
                </Tr>
              ))}
            </Tbody>
          </Table>
        )}
      </PageSection>
    </>
  );
}

/** The form of an object that is not there yet; `from` names one that it begins as a copy of. */
export function NewObject() {
  const { kind: name = '' } = useParams();
  const [address] = useAddress();
  const from = address.get('from') ?? '';
  const navigate = useNavigate();
  const kinds = useKinds();
  const kind = kinds.data?.find((each) => each.name === name);
  const copied = useQuery({
    queryKey: ['copied', name, from],
    queryFn: ({ signal }) => call<ObjectAnswer>(path('objects', name, from), { signal }),
    enabled: from !== '',
    staleTime: Infinity,
  });
  const error = kinds.error ?? copied.error;
  const isKnown = kinds.data !== undefined && (from === '' || copied.data !== undefined);
  return (
    <>
      <PageHead
        title={from === '' ? `New ${name}` : `Copy of ${name}/${from}`}
        above={[...ABOVE, { to: '/objects/new', title: 'New object' }]}
      >
        {kind?.help}
      </PageHead>
      <PageSection>
        {error && <ProblemAlert failure={error} />}
        {!isKnown && !error && <Waiting what={name} />}
        {isKnown && !kind && <p>This server has no kind {name}.</p>}
        {isKnown && kind && (
          <ObjectForm
            key={`${name} ${from}`}
            kind={kind}
            template={changed(copied.data?.fields ?? {}, kind.key, undefined)}
            onCancel={() => void navigate(-1)}
          />
        )}
      </PageSection>
    </>
  );
}
