import {
  Alert,
  Button,
  Flex,
  FlexItem,
  FormSelect,
  FormSelectOption,
  Title,
} from '@patternfly/react-core';
import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { call, path, query } from '../api/client';
import { clock, counted, duration, moment } from '../shared/format';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useAddress } from '../shared/useAddress';
import { Waiting } from '../shared/Waiting';
import { Steps } from './Steps';
import type { RouteDiagram, RouteTrace, TracedMessage, TraceSummary } from './types';

const REFRESH_MILLIS = 1_500;
const COUNTS = [1, 10, 50, 100];
const MINUTES = [1, 5, 30, 60];

/** Records the next messages of a route, and shows them processor by processor. */
export function Trace({ diagram }: { diagram: RouteDiagram }) {
  const { id } = diagram.route;
  const [address, change] = useAddress();
  const { data: trace, error } = useQuery({
    queryKey: ['trace', id],
    queryFn: ({ signal }) => call<RouteTrace>(path('routes', id, 'trace'), { signal }),
    refetchInterval: REFRESH_MILLIS,
  });
  const number = Number(address.get('message') ?? '');
  const chosen = trace?.messages.find((each) => each.number === number);
  return (
    <>
      {error && <ProblemAlert failure={error} />}
      {!trace && !error && <Waiting what="the trace" />}
      {trace && (
        <>
          <Control trace={trace} />
          {trace.messages.length > 0 && (
            <Messages
              messages={trace.messages}
              chosen={number}
              onChoose={(message) => change({ message, step: '' })}
            />
          )}
          {chosen && <Message key={number} diagram={diagram} summary={chosen} />}
        </>
      )}
    </>
  );
}

function Control({ trace }: { trace: RouteTrace }) {
  const { route, status, details, by, endsAt, wanted, messages } = trace;
  const [count, setCount] = useState('10');
  const [minutes, setMinutes] = useState('5');
  const [, change] = useAddress();
  const queries = useQueryClient();
  const ask = useMutation({
    mutationFn: (method: 'POST' | 'DELETE') =>
      call<RouteTrace>(
        path('routes', route, 'trace') +
          (method === 'POST' ? query({ messages: count, seconds: Number(minutes) * 60 }) : ''),
        { method },
      ),
    onSuccess: (answer) => {
      queries.setQueryData(['trace', route], answer);
      change({ message: '', step: '' });
    },
  });
  return (
    <>
      <p className="serai-note">
        The next messages are kept in memory with their headers and bodies, the first 64 kB of each,
        at every processor that they enter. Streams that can be read once only are left alone.
      </p>
      <Flex gap={{ default: 'gapSm' }}>
        <FlexItem>
          <FormSelect
            aria-label="How many messages"
            value={count}
            onChange={(_, value) => setCount(value)}
          >
            {COUNTS.map((each) => (
              <FormSelectOption key={each} value={each} label={counted(each, 'message')} />
            ))}
          </FormSelect>
        </FlexItem>
        <FlexItem>
          <FormSelect
            aria-label="For how long"
            value={minutes}
            onChange={(_, value) => setMinutes(value)}
          >
            {MINUTES.map((each) => (
              <FormSelectOption
                key={each}
                value={each}
                label={`within ${counted(each, 'minute')}`}
              />
            ))}
          </FormSelect>
        </FlexItem>
        <Button
          variant={status === 'none' ? 'primary' : 'secondary'}
          isDisabled={ask.isPending}
          onClick={() => ask.mutate('POST')}
        >
          {status === 'none' ? 'Trace' : 'Trace anew'}
        </Button>
        {status !== 'none' && (
          <Button variant="link" isDisabled={ask.isPending} onClick={() => ask.mutate('DELETE')}>
            {status === 'on' ? 'End and forget' : 'Forget'}
          </Button>
        )}
      </Flex>
      {ask.error && <ProblemAlert failure={ask.error} />}
      {status !== 'none' && (
        <Alert
          component="p"
          className="serai-part"
          isInline
          isLiveRegion
          variant={status === 'on' ? 'info' : 'success'}
          title={
            status === 'on'
              ? `Waiting for messages: ${messages.length} of ${wanted} so far`
              : `The trace has ended with ${counted(messages.length, 'message')}: ${details ?? ''}`
          }
        >
          {by && `Asked for by ${by}`}
          {status === 'on' && endsAt && `; it ends at ${moment(endsAt)} at the latest`}.
        </Alert>
      )}
    </>
  );
}

function Messages(props: {
  messages: TraceSummary[];
  chosen: number;
  onChoose: (number: string) => void;
}) {
  const { messages, chosen, onChoose } = props;
  return (
    <div className="serai-table-box serai-part">
      <Table aria-label="Traced messages" variant="compact" className="serai-table">
        <Thead>
          <Tr>
            <Th>Message</Th>
            <Th>Entered</Th>
            <Th className="serai-numeric">Processors</Th>
            <Th className="serai-numeric">Took</Th>
            <Th>Failure</Th>
            <Th>Correlation id</Th>
          </Tr>
        </Thead>
        <Tbody>
          {messages.map(({ number, startedAt, steps, micros, isDone, failure, cid }) => (
            <Tr key={number} isRowSelected={number === chosen}>
              <Td dataLabel="Message">
                <Button
                  variant="link"
                  isInline
                  aria-pressed={number === chosen}
                  onClick={() => onChoose(number === chosen ? '' : String(number))}
                >
                  Message {number}
                </Button>
              </Td>
              <Td dataLabel="Entered">{clock(startedAt)}</Td>
              <Td dataLabel="Processors" className="serai-numeric">
                {steps}
              </Td>
              <Td dataLabel="Took" className="serai-numeric">
                {isDone ? duration(micros / 1000) : 'on its way'}
              </Td>
              <Td dataLabel="Failure" modifier="breakWord">
                {failure === undefined ? '–' : <span className="serai-text">{failure}</span>}
              </Td>
              <Td dataLabel="Correlation id">
                {cid === undefined ? '–' : <Link to={`/logs${query({ cid })}`}>{cid}</Link>}
              </Td>
            </Tr>
          ))}
        </Tbody>
      </Table>
    </div>
  );
}

function Message({ diagram, summary }: { diagram: RouteDiagram; summary: TraceSummary }) {
  const { id } = diagram.route;
  const { number, steps, isDone } = summary;
  const { data: message, error } = useQuery({
    // A message that goes on is another one after each step.
    queryKey: ['trace', id, summary.exchange, steps, isDone],
    queryFn: ({ signal }) => call<TracedMessage>(path('routes', id, 'trace', number), { signal }),
    placeholderData: (before) => before,
  });
  return (
    <section className="serai-part">
      <Title headingLevel="h2">Message {number}</Title>
      {error && <ProblemAlert failure={error} />}
      {!message && !error && <Waiting what="the message" />}
      {message && <Steps diagram={diagram} message={message} />}
    </section>
  );
}
