import {
  Button,
  Checkbox,
  EmptyState,
  EmptyStateBody,
  Label,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
  Title,
  Toolbar,
  ToolbarContent,
  ToolbarGroup,
  ToolbarItem,
} from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { call, post, query } from '../api/client';
import type { MessageInfo, MessagePage, Replay } from '../api/types';
import { useNotices } from '../frame/Notices';
import { bytes, count, counted, moment } from '../shared/format';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useAddress } from '../shared/useAddress';
import { useTyped } from '../shared/useTyped';
import { Waiting } from '../shared/Waiting';
import { originOf, queuePage } from './names';
import { REFRESH_MILLIS } from './parts';

const PAGE = 50;
const SEARCH = ['text', 'msgId', 'cid', 'from', 'to'] as const;

/** The messages of a queue, page by page, those that are searched for. */
export function Messages({ queue }: { queue: string }) {
  const [address, change] = useAddress();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [asked, setAsked] = useState<'delete' | 'replay'>();
  const queries = useQueryClient();
  const isDead = originOf(queue) !== undefined;
  const search = Object.fromEntries(SEARCH.map((name) => [name, address.get(name) ?? '']));
  const isSearched = Object.values(search).some((value) => value !== '');
  const page = Math.max(1, Number(address.get('page') ?? 1) || 1);
  const queryKey = ['messages', queue, search, page];
  const { data, error, isFetching, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) =>
      call<MessagePage>(
        `pubsub/messages${query({ queue, ...search, offset: (page - 1) * PAGE, limit: PAGE })}`,
        { signal },
      ),
    placeholderData: keepPreviousData,
    // A search reads the queue from its beginning: not by itself.
    refetchInterval: isSearched || page > 1 ? false : REFRESH_MILLIS,
  });
  const items = data?.items ?? [];
  const here = items.map(({ number }) => number).filter((number) => chosen.has(number));
  const choose = (numbers: number[], isOn: boolean) =>
    setChosen((before) => {
      const next = new Set(before);
      numbers.forEach((number) => (isOn ? next.add(number) : next.delete(number)));
      return next;
    });
  const done = () => {
    setAsked(undefined);
    setChosen(new Set());
  };

  return (
    <>
      <Title headingLevel="h2" className="serai-heading">
        {isDead ? 'Dead letters' : 'Messages'}
      </Title>
      <Toolbar>
        <ToolbarContent>
          <ToolbarGroup variant="filter-group">
            <Typed name="text" label="Text in the data" />
            <Typed name="msgId" label="Message id" />
            <Typed name="cid" label="Correlation id" />
            <When name="from" label={isDead ? 'Failed from' : 'Published from'} />
            <When name="to" label="until" />
          </ToolbarGroup>
          {isSearched && (
            <ToolbarItem>
              <Button
                variant="link"
                onClick={() =>
                  change({ page: '', ...Object.fromEntries(SEARCH.map((name) => [name, ''])) })
                }
              >
                Without the search
              </Button>
            </ToolbarItem>
          )}
        </ToolbarContent>
        <ToolbarContent>
          <ToolbarItem>
            {isFetching && isSearched ? (
              <Button variant="secondary" onClick={() => void queries.cancelQueries({ queryKey })}>
                Stop
              </Button>
            ) : (
              <Button variant="secondary" onClick={() => void refetch()}>
                Look again
              </Button>
            )}
          </ToolbarItem>
          {isDead && (
            <ToolbarItem>
              <Button
                variant="secondary"
                isDisabled={items.length === 0}
                onClick={() => setAsked('replay')}
              >
                {here.length > 0
                  ? `Replay ${here.length}`
                  : isSearched
                    ? 'Replay those found'
                    : 'Replay all'}
              </Button>
            </ToolbarItem>
          )}
          <ToolbarItem>
            <Button
              variant="secondary"
              isDanger
              isDisabled={here.length === 0}
              onClick={() => setAsked('delete')}
            >
              {here.length > 0 ? `Delete ${here.length}` : 'Delete'}
            </Button>
          </ToolbarItem>
          <ToolbarItem variant="pagination">
            <Button
              variant="plain"
              isDisabled={page === 1}
              onClick={() => change({ page: page === 2 ? '' : String(page - 1) })}
            >
              Earlier
            </Button>
            <span role="status">
              {items.length === 0
                ? '0'
                : `${count((page - 1) * PAGE + 1)} – ${count((page - 1) * PAGE + items.length)}`}
              {data && !isSearched && ` of ${count(data.depth)}`}
            </span>
            <Button
              variant="plain"
              isDisabled={!data?.hasMore}
              onClick={() => change({ page: String(page + 1) })}
            >
              Later
            </Button>
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      {error && <ProblemAlert failure={error} />}
      {!data && !error && <Waiting what="messages" />}
      {data && items.length === 0 && (
        <EmptyState titleText="No messages" headingLevel="h3" variant="sm">
          <EmptyStateBody>
            {isSearched || page > 1
              ? 'Nothing matches what was searched for.'
              : data.depth > 0
                ? `${counted(data.depth, 'message')} being delivered now.`
                : 'Nothing waits here.'}
          </EmptyStateBody>
        </EmptyState>
      )}
      {items.length > 0 && (
        <div className="serai-table-box">
          <Table aria-label="messages" variant="compact" className="serai-table">
            <Thead>
              <Tr>
                <Th screenReaderText="Chosen">
                  <Checkbox
                    id="choose-all"
                    aria-label="Choose all of this page"
                    isChecked={here.length === items.length ? true : here.length > 0 ? null : false}
                    onChange={(_, isOn) =>
                      choose(
                        items.map(({ number }) => number),
                        isOn,
                      )
                    }
                  />
                </Th>
                <Th>Message</Th>
                <Th modifier="nowrap">{isDead ? 'Failed' : 'Published'}</Th>
                <Th>By</Th>
                <Th>Format</Th>
                <Th className="serai-numeric">Size</Th>
                <Th className="serai-numeric">Priority</Th>
                <Th className="serai-numeric">Deliveries</Th>
                {isDead && <Th>Why</Th>}
              </Tr>
            </Thead>
            <Tbody>
              {items.map((message) => (
                <Tr key={message.number}>
                  <Td>
                    <Checkbox
                      id={`choose-${message.number}`}
                      aria-label={`Choose ${message.msgId}`}
                      isChecked={chosen.has(message.number)}
                      onChange={(_, isOn) => choose([message.number], isOn)}
                    />
                  </Td>
                  <Td dataLabel="Message" modifier="breakWord">
                    <Link to={`${queuePage(queue)}?message=${message.number}`}>
                      {message.msgId}
                    </Link>
                  </Td>
                  <Td dataLabel="Time">{moment(message.dead?.lastAt ?? message.pubTime)}</Td>
                  <Td dataLabel="By" modifier="breakWord">
                    {message.publisher ?? 'the server'}
                  </Td>
                  <Td dataLabel="Format">{message.contentType ?? message.format}</Td>
                  <Td dataLabel="Size" className="serai-numeric">
                    {bytes(message.size)}
                  </Td>
                  <Td dataLabel="Priority" className="serai-numeric">
                    {message.priority}
                  </Td>
                  <Td dataLabel="Deliveries" className="serai-numeric">
                    {count(message.deliveries)}
                  </Td>
                  {isDead && (
                    <Td dataLabel="Why" modifier="breakWord">
                      {message.dead && <Why message={message} />}
                    </Td>
                  )}
                </Tr>
              ))}
            </Tbody>
          </Table>
        </div>
      )}
      {asked === 'delete' && <DeleteSome queue={queue} numbers={here} onClose={done} />}
      {asked === 'replay' && (
        <ReplaySome queue={queue} search={search} numbers={here} onClose={done} />
      )}
    </>
  );
}

function Why({ message: { dead } }: { message: MessageInfo }) {
  return (
    dead && (
      <>
        <Label isCompact status="danger">
          {dead.status}
        </Label>{' '}
        <span className="serai-text">{dead.cause}</span>
      </>
    )
  );
}

/** A field of the search. */
function Typed({ name, label }: { name: string; label: string }) {
  const [address, change] = useAddress();
  const [text, setText] = useTyped(address.get(name) ?? '', (value) =>
    change({ [name]: value.trim(), page: '' }),
  );
  return (
    <ToolbarItem>
      <TextInput
        aria-label={label}
        placeholder={label}
        value={text}
        onChange={(_, value) => setText(value)}
      />
    </ToolbarItem>
  );
}

/** A time of the search: local in the field, in UTC in the address. */
function When({ name, label }: { name: string; label: string }) {
  const [address, change] = useAddress();
  return (
    <ToolbarItem>
      <label className="serai-actions">
        {label}
        <TextInput
          className="serai-time"
          type="datetime-local"
          aria-label={label}
          value={localOf(address.get(name) ?? '')}
          onChange={(_, value) =>
            change({ [name]: value === '' ? '' : new Date(value).toISOString(), page: '' })
          }
        />
      </label>
    </ToolbarItem>
  );
}

function localOf(iso: string): string {
  const date = new Date(iso);
  return Number.isNaN(date.getTime())
    ? ''
    : new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

interface DeleteProps {
  queue: string;
  numbers: number[];
  onDone?: () => void;
  onClose: () => void;
}

/** Asks before messages are deleted, and does it. */
export function DeleteSome({ queue, numbers, onDone, onClose }: DeleteProps) {
  const queries = useQueryClient();
  const notify = useNotices();
  const [wanted] = useState(numbers);
  const deletion = useMutation({
    mutationFn: () =>
      post<{ deleted: number }>(`pubsub/messages/delete${query({ queue })}`, { numbers: wanted }),
    onSuccess: ({ deleted }) => {
      const kept = wanted.length - deleted;
      notify(
        kept > 0 ? 'warning' : 'success',
        `${counted(deleted, 'message')} deleted.` +
          (kept > 0 ? ` ${kept} not: gone before, or being delivered.` : ''),
      );
      void queries.invalidateQueries({ queryKey: ['messages'] });
      onClose();
      onDone?.();
    },
  });
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="delete">
      <ModalHeader labelId="delete" title={`Delete ${counted(wanted.length, 'message')}?`} />
      <ModalBody>
        <p className="serai-text">From {queue}, for good.</p>
        {deletion.error && <ProblemAlert failure={deletion.error} />}
      </ModalBody>
      <ModalFooter>
        <Button
          variant="danger"
          isLoading={deletion.isPending}
          isDisabled={deletion.isPending}
          onClick={() => deletion.mutate()}
        >
          Delete
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}

interface ReplayProps {
  queue: string;
  search: Record<string, string>;
  numbers: number[];
  onClose: () => void;
}

/** Asks before dead letters are given back, and begins it. */
export function ReplaySome({ queue, search, numbers, onClose }: ReplayProps) {
  const [rate, setRate] = useState('');
  const [wanted] = useState(numbers);
  const notify = useNotices();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const isSearched = Object.values(search).some((value) => value !== '');
  const replay = useMutation({
    mutationFn: () =>
      call<Replay>(
        `pubsub/replays${query({ queue, ...(wanted.length > 0 ? {} : search), rate })}`,
        {
          method: 'POST',
          contentType: 'application/json',
          body: wanted.length > 0 ? JSON.stringify({ numbers: wanted }) : '',
        },
      ),
    onSuccess: ({ target }) => {
      notify('success', `Dead letters are going back to ${target}.`);
      void queries.invalidateQueries();
      onClose();
      void navigate('/pubsub/replays');
    },
  });
  const what =
    wanted.length > 0
      ? counted(wanted.length, 'dead letter')
      : isSearched
        ? 'the dead letters found'
        : 'all dead letters';
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="replay">
      <ModalHeader labelId="replay" title={`Replay ${what}?`} />
      <ModalBody>
        <p className="serai-text">
          They go back to {originOf(queue)}, each in one step. What fails again comes back here.
        </p>
        <TextInput
          className="serai-part"
          type="number"
          min={0}
          aria-label="How many a second; no limit if empty"
          placeholder="How many a second; no limit if empty"
          value={rate}
          onChange={(_, value) => setRate(value)}
        />
        {replay.error && <ProblemAlert failure={replay.error} />}
      </ModalBody>
      <ModalFooter>
        <Button
          isLoading={replay.isPending}
          isDisabled={replay.isPending}
          onClick={() => replay.mutate()}
        >
          Replay
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
