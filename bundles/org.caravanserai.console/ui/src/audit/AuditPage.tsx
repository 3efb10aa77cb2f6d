import {
  Button,
  EmptyState,
  Label,
  PageSection,
  TextInput,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call, path, query } from '../api/client';
import type { AuditRecord } from '../api/types';
import { Filter } from '../shared/Filter';
import { moment } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useAddress } from '../shared/useAddress';
import { useTyped } from '../shared/useTyped';
import { Waiting } from '../shared/Waiting';

const PAGE_SIZE = 100;
const OUTCOMES: Record<string, 'success' | 'danger' | 'warning' | 'info'> = {
  done: 'success',
  failed: 'danger',
  forbidden: 'warning',
  unauthenticated: 'warning',
  begun: 'info',
};

/** What was done to the server, by whom, and what became of it; the newest first. */
export function AuditPage() {
  const [address, change] = useAddress();
  const offset = Math.max(0, Math.trunc(Number(address.get('offset') ?? '0')) || 0);
  const given = (name: string) => address.get(name) ?? '';
  const asked = query({
    user: given('user'),
    operation: given('operation'),
    target: given('target'),
    outcome: given('outcome'),
    from: instant(given('from')),
    to: instant(given('to')),
    offset,
    limit: PAGE_SIZE,
  });
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['audit', asked],
    queryFn: ({ signal }) =>
      call<{ items: AuditRecord[]; more: boolean }>(`audit${asked}`, { signal }),
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHead title="Audit">
        Whatever changes the server, and who was turned away. Records stay as they are.
      </PageHead>
      <PageSection>
        <Toolbar>
          <ToolbarContent>
            <Typed name="user" label="User" />
            <Typed name="operation" label="Operation" hint="objects.write, or objects" />
            <Typed name="target" label="Part of a target" />
            <ToolbarItem>
              <Filter name="outcome" label="Outcome" values={Object.keys(OUTCOMES)} />
            </ToolbarItem>
            <Typed name="from" label="From" type="datetime-local" />
            <Typed name="to" label="To" type="datetime-local" />
          </ToolbarContent>
        </Toolbar>
        {error && <ProblemAlert failure={error} />}
        {!data && !error && <Waiting what="the audit" />}
        {data?.items.length === 0 && (
          <EmptyState titleText="No such records" headingLevel="h2" variant="sm" />
        )}
        {data && data.items.length > 0 && <Records records={data.items} />}
        {data && (offset > 0 || data.more) && (
          <div className="serai-field-head serai-part">
            <Button
              variant="secondary"
              isDisabled={offset === 0}
              onClick={() => change({ offset: pageAt(offset - PAGE_SIZE) })}
            >
              Newer
            </Button>
            <Button
              variant="secondary"
              isDisabled={!data.more || isPlaceholderData}
              onClick={() => change({ offset: pageAt(offset + PAGE_SIZE) })}
            >
              Older
            </Button>
          </div>
        )}
      </PageSection>
    </>
  );
}

function Records({ records }: { records: AuditRecord[] }) {
  return (
    <div className="serai-table-box">
      <Table aria-label="records" variant="compact" className="serai-table">
        <Thead>
          <Tr>
            <Th>Time</Th>
            <Th>User</Th>
            <Th>From</Th>
            <Th>Operation</Th>
            <Th>Target</Th>
            <Th>Outcome</Th>
            <Th>Details</Th>
          </Tr>
        </Thead>
        <Tbody>
          {records.map((record) => (
            <Tr key={`${record.id} ${record.outcome} ${record.time}`}>
              <Td dataLabel="Time" modifier="nowrap">
                {moment(record.time)}
              </Td>
              <Td dataLabel="User" modifier="breakWord">
                {record.user}
              </Td>
              <Td dataLabel="From" modifier="nowrap">
                {record.door} {record.address}
              </Td>
              <Td dataLabel="Operation" modifier="nowrap">
                {record.operation}
              </Td>
              <Td dataLabel="Target" modifier="breakWord">
                {record.operation.startsWith('objects.') && record.target.includes('/') ? (
                  <Link to={`/objects/${path(record.target)}`}>{record.target}</Link>
                ) : (
                  record.target
                )}
              </Td>
              <Td dataLabel="Outcome">
                <Label status={OUTCOMES[record.outcome] ?? 'info'}>{record.outcome}</Label>
              </Td>
              <Td dataLabel="Details" modifier="breakWord">
                {record.details}{' '}
                {record.cid !== '' && <Link to={`/logs${query({ cid: record.cid })}`}>log</Link>}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </div>
  );
}

/** A filter that is typed; the address has it. */
function Typed(props: { name: string; label: string; hint?: string; type?: 'datetime-local' }) {
  const { name, label, hint = label, type = 'text' } = props;
  const [address, change] = useAddress();
  const [text, setText] = useTyped(address.get(name) ?? '', (value) =>
    change({ [name]: value, offset: '' }),
  );
  return (
    <ToolbarItem>
      <TextInput
        type={type}
        aria-label={label}
        placeholder={hint}
        value={text}
        onChange={(_, value) => setText(value)}
      />
    </ToolbarItem>
  );
}

function pageAt(offset: number): string {
  return offset <= 0 ? '' : String(offset);
}

/** A local time as the admin API wants it. */
function instant(local: string): string {
  const time = new Date(local);
  return local === '' || Number.isNaN(time.getTime()) ? '' : time.toISOString();
}
