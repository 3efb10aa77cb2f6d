import {
  Alert,
  Button,
  Content,
  EmptyState,
  FormGroup,
  List,
  ListItem,
  PageSection,
  SearchInput,
  TextInput,
  Title,
} from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { query } from '../api/client';
import { useReadOnly } from '../api/readOnly';
import { useRole } from '../api/roles';
import { counted } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useAddress } from '../shared/useAddress';
import { useTyped } from '../shared/useTyped';
import { Waiting } from '../shared/Waiting';
import { jolokia, listMBeans, operations, search, type MBean, type OperationInfo } from './jolokia';

const REFRESH_MILLIS = 3_000;
const STALE_MILLIS = 60_000;
const MOST = 200;

/** MBeans, found by a part of their names or of those of their attributes and operations. */
export function Jmx() {
  const [address, change] = useAddress();
  const q = address.get('q') ?? '';
  const chosen = address.get('mbean') ?? '';
  const { data, error } = useQuery({
    queryKey: ['mbeans'],
    queryFn: ({ signal }) => listMBeans(signal),
    staleTime: STALE_MILLIS,
    refetchInterval: STALE_MILLIS,
  });
  const bean = data?.find(({ name }) => name === chosen);
  return (
    <>
      <PageHead
        title={chosen === '' ? 'JMX' : chosen}
        {...(chosen === ''
          ? {}
          : { above: [{ to: `/jmx${query({ q })}`, title: q === '' ? 'JMX' : `JMX: ${q}` }] })}
      >
        {chosen === ''
          ? 'The MBeans of the server. A Hawtio or another client of Jolokia finds them at /jolokia.'
          : bean?.info.desc}
      </PageHead>
      <PageSection>
        {error && <ProblemAlert failure={error} />}
        {!data && !error && <Waiting what="MBeans" />}
        {data && chosen === '' && <Found beans={data} q={q} onSearch={(q) => change({ q })} />}
        {data && chosen !== '' && !bean && (
          <EmptyState titleText="There is no such MBean" headingLevel="h2" variant="sm" />
        )}
        {bean && <Bean key={bean.name} bean={bean} />}
      </PageSection>
    </>
  );
}

function Found(props: { beans: MBean[]; q: string; onSearch: (q: string) => void }) {
  const { beans, q, onSearch } = props;
  const [text, setText] = useTyped(q, onSearch);
  const found = search(beans, q);
  return (
    <>
      <SearchInput
        aria-label="Search MBeans"
        placeholder="Names, attributes, operations"
        value={text}
        onChange={(_, next) => setText(next)}
        onClear={() => setText('')}
      />
      <p className="serai-note" aria-live="polite">
        {counted(found.length, 'MBean')}
        {found.length > MOST && `, the first ${MOST} of them`}
      </p>
      <List isPlain aria-label="MBeans">
        {found.slice(0, MOST).map(({ name }) => (
          <ListItem key={name}>
            <Link className="serai-text" to={`/jmx${query({ q, mbean: name })}`}>
              {name}
            </Link>
          </ListItem>
        ))}
      </List>
    </>
  );
}

function Bean({ bean }: { bean: MBean }) {
  const isAdmin = useRole('admin');
  const { isReadOnly } = useReadOnly();
  const attributes = Object.entries(bean.info.attr ?? {}).sort(([one], [other]) =>
    one.localeCompare(other),
  );
  const { data: values, error } = useQuery({
    queryKey: ['mbean', bean.name],
    queryFn: ({ signal }) =>
      jolokia<Record<string, unknown>>(
        { type: 'read', mbean: bean.name, config: { ignoreErrors: true } },
        signal,
      ),
    refetchInterval: REFRESH_MILLIS,
    enabled: attributes.length > 0,
  });
  const all = operations(bean.info);
  return (
    <>
      {error && <ProblemAlert failure={error} />}
      {attributes.length > 0 && (
        <Part title="Attributes">
          <div className="serai-table-box">
            <Table aria-label="Attributes" variant="compact" className="serai-table">
              <Thead>
                <Tr>
                  <Th>Attribute</Th>
                  <Th>Value</Th>
                  <Th>Type</Th>
                </Tr>
              </Thead>
              <Tbody>
                {attributes.map(([name, { desc, type }]) => (
                  <Tr key={name}>
                    <Td dataLabel="Attribute" modifier="breakWord">
                      {name}
                      {desc !== '' && desc !== name && <div className="serai-note">{desc}</div>}
                    </Td>
                    <Td dataLabel="Value">
                      <Value value={values?.[name]} />
                    </Td>
                    <Td dataLabel="Type" modifier="breakWord">
                      {type}
                    </Td>
                  </Tr>
                ))}
              </Tbody>
            </Table>
          </div>
        </Part>
      )}
      {all.length > 0 && (
        <Part title="Operations">
          {!isAdmin && <p className="serai-note">Administrators execute them.</p>}
          {all.map(({ signature, info }) => (
            <section key={signature} className="serai-part">
              <Content component="h3" className="serai-text">
                <code>{signature}</code>
              </Content>
              {info.desc !== '' && <p className="serai-note">{info.desc}</p>}
              {isAdmin && !isReadOnly && (
                <Execute mbean={bean.name} signature={signature} info={info} />
              )}
            </section>
          ))}
        </Part>
      )}
    </>
  );
}

function Value({ value }: { value: unknown }) {
  return typeof value === 'object' && value !== null ? (
    <pre className="serai-text">{JSON.stringify(value, null, 2)}</pre>
  ) : (
    <span className="serai-text">{value === undefined ? '' : String(value)}</span>
  );
}

function Execute(props: { mbean: string; signature: string; info: OperationInfo }) {
  const { mbean, signature, info } = props;
  const [given, setGiven] = useState<string[]>(info.args.map(() => ''));
  const execute = useMutation({
    mutationFn: () =>
      jolokia<unknown>({ type: 'exec', mbean, operation: signature, arguments: given }),
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        execute.mutate();
      }}
    >
      {info.args.map(({ name, type }, index) => (
        <FormGroup key={index} label={`${name}: ${type}`} fieldId={`${signature}-${index}`}>
          <TextInput
            id={`${signature}-${index}`}
            value={given[index] ?? ''}
            onChange={(_, next) => setGiven(given.map((each, at) => (at === index ? next : each)))}
          />
        </FormGroup>
      ))}
      <Button
        type="submit"
        variant="secondary"
        aria-label={`Execute ${signature}`}
        isLoading={execute.isPending}
        isDisabled={execute.isPending}
      >
        Execute
      </Button>
      <div aria-live="polite">
        {execute.error && <ProblemAlert failure={execute.error} />}
        {execute.isSuccess && (
          <Alert component="p" variant="success" isInline title="Done">
            <Value value={execute.data} />
          </Alert>
        )}
      </div>
    </form>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="serai-part">
      <Title headingLevel="h2">{title}</Title>
      {children}
    </section>
  );
}
