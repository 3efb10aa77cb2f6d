import {
  ActionList,
  ActionListItem,
  Alert,
  Button,
  CodeBlock,
  CodeBlockCode,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  Label,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  PageSection,
  Tab,
  Tabs,
  TabTitleText,
} from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { call, callText, path, post, Problem, query } from '../api/client';
import { useMayChange } from '../api/readOnly';
import { useRole } from '../api/roles';
import type { KindAnswer, ObjectAnswer, ObjectId, PingAnswer } from '../api/types';
import { useNotices } from '../frame/Notices';
import { duration } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { TypeTheName } from '../shared/TypeTheName';
import { useAddress } from '../shared/useAddress';
import { Waiting } from '../shared/Waiting';
import { changed } from './fields';
import { useKind } from './kinds';
import { ObjectForm } from './ObjectForm';
import { StateLabel } from './ObjectList';

const REFRESH_MILLIS = 5_000;

/** Pages that show objects of some kinds at work. */
const AT_WORK: Record<string, string> = {
  pubsub_topic: '/pubsub/topics',
  pubsub_queue: '/pubsub/queues',
  scheduler: '/scheduler/jobs',
  cache: '/caches',
};

/** One object: what it is, how it is, what it has to do with others, and what can be done. */
export function ObjectPage() {
  const { kind = '', '*': name = '' } = useParams();
  const [address, change] = useAddress();
  const { data: object, error } = useQuery({
    queryKey: ['object', kind, name],
    queryFn: ({ signal }) => call<ObjectAnswer>(path('objects', kind, name), { signal }),
    refetchInterval: REFRESH_MILLIS,
  });
  const known = useKind(kind);
  const isStored = object?.origin === 'store';
  const mayWrite = useMayChange('operator') && known !== undefined;
  const isEdited = address.get('part') === 'edit' && mayWrite && isStored;
  return (
    <>
      <PageHead
        title={name}
        above={[
          { to: '/objects', title: 'Objects' },
          { to: `/objects?kind=${encodeURIComponent(kind)}`, title: kind },
        ]}
        labels={object && <StateLabel state={object.state} />}
        actions={
          object &&
          mayWrite &&
          !isEdited && <Actions key={`${kind}/${name}`} object={object} kind={known} />
        }
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
        {object &&
          (isEdited ? (
            <Edited
              key={`${kind}/${name}`}
              kind={known}
              object={object}
              onCancel={() => change({ part: '' })}
            />
          ) : (
            <Shown key={`${kind}/${name}`} object={object} kind={known} />
          ))}
      </PageSection>
    </>
  );
}

function Edited(props: { kind: KindAnswer; object: ObjectAnswer; onCancel: () => void }) {
  const { kind, object, onCancel } = props;
  const [began] = useState(object);
  return <ObjectForm kind={kind} object={began} changedTo={object} onCancel={onCancel} />;
}

function Shown({ object, kind }: { object: ObjectAnswer; kind: KindAnswer | undefined }) {
  const [address, change] = useAddress();
  const part = address.get('part') === 'yaml' ? 'yaml' : 'fields';
  const mayPing = useRole('operator') && kind?.isConnection === true;
  return (
    <>
      {object.origin !== 'store' && <OfFile object={object} />}
      {mayPing && <Ping object={object} />}
      <Tabs
        aria-label="How it is shown"
        activeKey={part}
        mountOnEnter
        unmountOnExit
        onSelect={(_, key) => change({ part: key === 'fields' ? '' : String(key) })}
      >
        <Tab eventKey="fields" title={<TabTitleText>Fields</TabTitleText>}>
          <FieldList object={object} kind={kind} />
        </Tab>
        <Tab eventKey="yaml" title={<TabTitleText>YAML</TabTitleText>}>
          <Yaml object={object} />
        </Tab>
      </Tabs>
    </>
  );
}

function FieldList({ object, kind }: { object: ObjectAnswer; kind: KindAnswer | undefined }) {
  const properties = kind?.schema.properties ?? {};
  const page = AT_WORK[object.kind];
  return (
    <DescriptionList isHorizontal isCompact className="serai-part">
      <Item term="origin">{object.origin}</Item>
      {page !== undefined && (
        <Item term="At work">
          <Link to={`${page}/${path(object.name)}`}>{object.name}</Link>
        </Item>
      )}
      {Object.entries(object.fields).map(([field, value]) => (
        <Item key={field} term={field}>
          <Written value={value} reference={properties[field]?.['x-serai-reference']} />
        </Item>
      ))}
      {object.refersTo.length > 0 && (
        <Item term="Refers to">
          <Objects ids={object.refersTo} />
        </Item>
      )}
      {object.referredBy.length > 0 && (
        <Item term="Referred to by">
          <Objects ids={object.referredBy} />
        </Item>
      )}
      {object.services.length > 0 && (
        <Item term="Services">
          <ul>
            {object.services.map((each) => (
              <li key={each}>
                <Service name={each} />
              </li>
            ))}
          </ul>
        </Item>
      )}
    </DescriptionList>
  );
}

function Service({ name }: { name: string }) {
  const { error } = useQuery({
    queryKey: ['service', name],
    queryFn: ({ signal }) => call(path('services', name), { signal }),
    refetchInterval: REFRESH_MILLIS,
  });
  const isMissing = error instanceof Problem && error.status === 404;
  return (
    <>
      <Link className="serai-text" to={`/${path('services', name)}`}>
        {name}
      </Link>{' '}
      {isMissing && <Label status="warning">not deployed</Label>}
    </>
  );
}

function Written({ value, reference }: { value: unknown; reference: string | undefined }) {
  if (typeof value === 'object' && value !== null) {
    return <pre className="serai-text">{JSON.stringify(value, null, 2)}</pre>;
  }
  return reference !== undefined && typeof value === 'string' ? (
    <Link className="serai-text" to={`/${path('objects', reference, value)}`}>
      {value}
    </Link>
  ) : (
    <span className="serai-text">{String(value)}</span>
  );
}

function Objects({ ids }: { ids: ObjectId[] }) {
  return (
    <ul>
      {ids.map(({ kind, name }) => (
        <li key={`${kind}/${name}`}>
          <Link className="serai-text" to={`/${path('objects', kind, name)}`}>
            {kind}/{name}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function Yaml({ object: { kind, name, etag } }: { object: ObjectAnswer }) {
  const { data, error } = useQuery({
    queryKey: ['export', kind, name, etag],
    queryFn: ({ signal }) => callText(`config/export${query({ kind, name })}`, { signal }),
  });
  return (
    <div className="serai-part">
      {error && <ProblemAlert failure={error} />}
      {data !== undefined && (
        <CodeBlock className="serai-answer" tabIndex={0} role="region" aria-label="YAML">
          <CodeBlockCode>{data}</CodeBlockCode>
        </CodeBlock>
      )}
    </div>
  );
}

/** That a file has it, and how the store can have it instead. */
function OfFile({ object }: { object: ObjectAnswer }) {
  const { kind, name, origin, etag } = object;
  const [isAsked, setAsked] = useState(false);
  const mayWrite = useMayChange('operator');
  const notify = useNotices();
  const queries = useQueryClient();
  const detach = useMutation({
    // Without a body: only the server can hand over the secrets that stand in the file.
    mutationFn: () =>
      call(`${path('objects', kind, name)}?detach=true`, {
        method: 'PUT',
        headers: { 'If-Match': `"${etag}"` },
      }),
    onSuccess: () => {
      setAsked(false);
      notify('success', `${kind}/${name} is one of the store now.`);
      void queries.invalidateQueries();
    },
  });
  return (
    <Alert
      component="p"
      variant="info"
      isInline
      title="It is defined in a file, and changed there"
      actionLinks={
        mayWrite && (
          <Button variant="link" isInline onClick={() => setAsked(true)}>
            Detach it from the file
          </Button>
        )
      }
    >
      <code className="serai-text">{origin.replace(/^file:/, '')}</code>
      {isAsked && (
        <Modal isOpen variant="small" onClose={() => setAsked(false)} aria-labelledby="detach">
          <ModalHeader labelId="detach" title={`Detach ${kind}/${name} from its file?`} />
          <ModalBody>
            It becomes an object of the store and can be changed here. The file stays as it is; what
            it says of this object has no effect while the store has it.
            {detach.error && <ProblemAlert failure={detach.error} />}
          </ModalBody>
          <ModalFooter>
            <Button isLoading={detach.isPending} onClick={() => detach.mutate()}>
              Detach
            </Button>
            <Button variant="link" onClick={() => setAsked(false)}>
              Cancel
            </Button>
          </ModalFooter>
        </Modal>
      )}
    </Alert>
  );
}

/** What can be done with an object. */
function Actions({ object, kind }: { object: ObjectAnswer; kind: KindAnswer }) {
  const { name, etag, fields, state, origin } = object;
  const [, change] = useAddress();
  const [isDeleted, setDeleted] = useState(false);
  const navigate = useNavigate();
  const notify = useNotices();
  const queries = useQueryClient();
  const refused = (failure: Error) => notify('danger', failure.message);
  const isStored = origin === 'store';
  const isActive = state !== 'inactive';
  const activate = useMutation({
    mutationFn: () =>
      put(kind.name, name, changed(fields, 'is_active', isActive ? false : undefined), etag),
    onSuccess: (saved) => {
      notify('success', `${name} is ${saved.state}.`);
      void queries.invalidateQueries();
    },
    onError: refused,
  });
  const act = useMutation({
    mutationFn: (action: string) =>
      post<{ details: string } | undefined>(path('objects', kind.name, name, action), {}),
    onSuccess: (done, action) => notify('success', done?.details ?? `${action}: done.`),
    onError: refused,
  });
  return (
    <ActionList>
      {isStored && (
        <ActionListItem>
          <Button onClick={() => change({ part: 'edit' })}>Edit</Button>
        </ActionListItem>
      )}
      <ActionListItem>
        <Button
          variant="secondary"
          onClick={() =>
            void navigate(`/${path('objects', 'new', kind.name)}${query({ from: name })}`)
          }
        >
          Copy
        </Button>
      </ActionListItem>
      {isStored && kind.schema.properties?.['is_active'] && (
        <ActionListItem>
          <Button
            variant="secondary"
            isLoading={activate.isPending}
            isDisabled={activate.isPending}
            onClick={() => activate.mutate()}
          >
            {isActive ? 'Disable' : 'Enable'}
          </Button>
        </ActionListItem>
      )}
      {state === 'open' &&
        kind.actions.map((action) => (
          <ActionListItem key={action}>
            <Button
              variant="secondary"
              isLoading={act.isPending && act.variables === action}
              isDisabled={act.isPending}
              onClick={() => act.mutate(action)}
            >
              {words(action)}
            </Button>
          </ActionListItem>
        ))}
      {isStored && (
        <ActionListItem>
          <Button variant="secondary" isDanger onClick={() => setDeleted(true)}>
            Delete
          </Button>
        </ActionListItem>
      )}
      {isDeleted && (
        <TypeTheName
          title={`Delete ${kind.name}/${name}?`}
          name={name}
          button="Delete"
          onClose={() => setDeleted(false)}
          action={async () => {
            await call(path('objects', kind.name, name), {
              method: 'DELETE',
              headers: { 'If-Match': `"${etag}"` },
            });
            notify('success', `${kind.name}/${name} is gone.`);
            void queries.invalidateQueries({ queryKey: ['objects'] });
            void navigate(`/objects${query({ kind: kind.name })}`);
          }}
        >
          {object.referredBy.length > 0 && (
            <Alert
              component="p"
              isInline
              variant="warning"
              title="It will be refused: these refer to it"
            >
              <Objects ids={object.referredBy} />
            </Alert>
          )}
        </TypeTheName>
      )}
    </ActionList>
  );
}

function put(
  kind: string,
  name: string,
  fields: Record<string, unknown>,
  etag: string,
): Promise<ObjectAnswer> {
  return call(path('objects', kind, name), {
    method: 'PUT',
    body: JSON.stringify(fields),
    contentType: 'application/json',
    headers: { 'If-Match': `"${etag}"` },
  });
}

/** The name of an action as a button says it. */
function words(action: string): string {
  const text = action.replaceAll('-', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function Item({ term, children }: { term: string; children: ReactNode }) {
  return (
    <DescriptionListGroup>
      <DescriptionListTerm>{term}</DescriptionListTerm>
      <DescriptionListDescription>{children}</DescriptionListDescription>
    </DescriptionListGroup>
  );
}

function Ping({ object: { kind, name } }: { object: ObjectAnswer }) {
  const ping = useMutation({
    mutationFn: () => post<PingAnswer>(path('objects', kind, name, 'ping'), {}),
  });
  return (
    <div aria-live="polite" className="serai-part">
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
