import {
  Alert,
  Button,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  PageSection,
} from '@patternfly/react-core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { call, path, post } from '../api/client';
import { useRole } from '../api/roles';
import type { ObjectAnswer } from '../api/types';
import { duration } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { Waiting } from '../shared/Waiting';
import { StateLabel } from './ObjectList';

const REFRESH_MILLIS = 5_000;
const CONNECTIONS = /^(outgoing_|sql$|email_|mongodb$|ldap$|sftp$|ftp$)/;

/** One object: its fields as they are written, its state, whether the system behind it answers. */
export function ObjectPage() {
  const { kind = '', '*': name = '' } = useParams();
  const { data: object, error } = useQuery({
    queryKey: ['object', kind, name],
    queryFn: ({ signal }) => call<ObjectAnswer>(path('objects', kind, name), { signal }),
    refetchInterval: REFRESH_MILLIS,
  });
  const mayPing = useRole('operator') && CONNECTIONS.test(kind);
  return (
    <>
      <PageHead
        title={name}
        above={[
          { to: '/objects', title: 'Objects' },
          { to: `/objects?kind=${encodeURIComponent(kind)}`, title: kind },
        ]}
        labels={object && <StateLabel state={object.state} />}
      />
      <PageSection>
        {error && <ProblemAlert failure={error} />}
        {!object && !error && <Waiting what={name} />}
        {object?.reason && (
          <Alert
            component="p"
            variant={object.state === 'failed' ? 'danger' : 'warning'}
            isInline
            title={`It is ${object.state}`}
          >
            <span className="serai-text">{object.reason}</span>
          </Alert>
        )}
        {object && mayPing && <Ping key={`${kind}/${name}`} kind={kind} name={name} />}
        {object && (
          <DescriptionList isHorizontal isCompact className="serai-part">
            <Field name="origin" value={object.origin} />
            {Object.entries(object.fields).map(([field, value]) => (
              <Field key={field} name={field} value={value} />
            ))}
          </DescriptionList>
        )}
      </PageSection>
    </>
  );
}

function Field({ name, value }: { name: string; value: unknown }) {
  return (
    <DescriptionListGroup>
      <DescriptionListTerm>{name}</DescriptionListTerm>
      <DescriptionListDescription>
        {typeof value === 'object' && value !== null ? (
          <pre className="serai-text">{JSON.stringify(value, null, 2)}</pre>
        ) : (
          <span className="serai-text">{String(value)}</span>
        )}
      </DescriptionListDescription>
    </DescriptionListGroup>
  );
}

function Ping({ kind, name }: { kind: string; name: string }) {
  const ping = useMutation({
    mutationFn: () =>
      post<{ millis: number; details: string }>(path('objects', kind, name, 'ping'), {}),
  });
  return (
    <div aria-live="polite">
      <Button
        variant="secondary"
        isLoading={ping.isPending}
        isDisabled={ping.isPending}
        onClick={() => ping.mutate()}
      >
        Ping
      </Button>
      {ping.error && <ProblemAlert failure={ping.error} />}
      {ping.data && (
        <Alert
          component="p"
          variant="success"
          isInline
          title={`It answers, in ${duration(ping.data.millis)}`}
        >
          <span className="serai-text">{ping.data.details}</span>
        </Alert>
      )}
    </div>
  );
}
