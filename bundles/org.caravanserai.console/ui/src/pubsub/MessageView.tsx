import {
  Alert,
  Button,
  CodeBlock,
  CodeBlockCode,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  Title,
} from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { call, path, query } from '../api/client';
import type { MessageInfo } from '../api/types';
import { useNotices } from '../frame/Notices';
import { Facts } from '../shared/Facts';
import { bytes, count, counted, moment } from '../shared/format';
import { pretty } from '../shared/json';
import { ProblemAlert } from '../shared/ProblemAlert';
import { Waiting } from '../shared/Waiting';
import { binaryOf, hexOf } from './data';
import { DraftForm } from './DraftForm';
import { DeleteSome, ReplaySome } from './Messages';
import { originOf, queuePage } from './names';
import { draftOf, editOf, mistakesOf } from './publication';
import { Publish } from './Publish';

const MOST_SHOWN = 64 * 1024;

/** One message: all that is known of it, its data, and what can be done with it. */
export function MessageView({ queue, number }: { queue: string; number: string }) {
  const { data: message, error } = useQuery({
    queryKey: ['message', queue, number],
    queryFn: ({ signal }) => call<MessageInfo>(one(queue, number, MOST_SHOWN), { signal }),
    staleTime: Infinity,
  });
  return (
    <>
      {error && <ProblemAlert failure={error} />}
      {!message && !error && <Waiting what={`message ${number}`} />}
      {message && <Known queue={queue} message={message} />}
    </>
  );
}

type Asked = { what: 'delete' | 'replay' } | { what: 'edit' | 'again'; whole: MessageInfo };

function Known({ queue, message }: { queue: string; message: MessageInfo }) {
  const [asked, setAsked] = useState<Asked>();
  const navigate = useNavigate();
  const { number, dead } = message;
  const back = () => void navigate(queuePage(queue));
  // What is edited or sent anew must not be a part of it.
  const ask = useMutation({
    mutationFn: async (what: 'edit' | 'again' | 'save') => ({
      what,
      whole: message.size > MOST_SHOWN ? await call<MessageInfo>(one(queue, number)) : message,
    }),
    onSuccess: ({ what, whole }) => {
      if (what === 'save') {
        save(whole);
      } else {
        setAsked({ what, whole });
      }
    },
  });
  return (
    <>
      <div className="serai-actions">
        {originOf(queue) !== undefined && (
          <Button onClick={() => setAsked({ what: 'replay' })}>Replay</Button>
        )}
        <Button variant="secondary" onClick={() => ask.mutate('edit')}>
          Edit
        </Button>
        <Button variant="secondary" onClick={() => ask.mutate('again')}>
          Publish again
        </Button>
        <Button variant="secondary" onClick={() => ask.mutate('save')}>
          Save the data
        </Button>
        <Button variant="secondary" isDanger onClick={() => setAsked({ what: 'delete' })}>
          Delete
        </Button>
      </div>
      {ask.error && <ProblemAlert failure={ask.error} />}
      {dead && (
        <Alert
          className="serai-part"
          component="p"
          variant="danger"
          isInline
          title={`Not delivered (${dead.status}), after ${counted(dead.attempts, 'attempt')}`}
        >
          <p className="serai-text">{dead.cause}</p>
          <p>
            First {moment(dead.firstAt)}, last {moment(dead.lastAt)}.{' '}
            {dead.cid !== '' && (
              <Link to={`/logs${query({ cid: dead.cid })}`}>The log of the last attempt</Link>
            )}
          </p>
        </Alert>
      )}
      <Facts
        facts={{
          'Message id': message.msgId,
          'Published to': message.topic,
          'Published by': message.publisher ? (
            <Link to={`/${path('objects', 'security', message.publisher)}`}>
              {message.publisher}
            </Link>
          ) : (
            'the server'
          ),
          'Published at': moment(message.pubTime),
          'Expires at': message.expirationTime && moment(message.expirationTime),
          'Content type': message.contentType,
          Format: message.format,
          Size: bytes(message.size),
          Priority: message.priority,
          Deliveries: count(message.deliveries),
          'Correlation id':
            message.cid === '' ? undefined : (
              <Link to={`/logs${query({ cid: message.cid })}`}>{message.cid}</Link>
            ),
          'Belongs to (correl_id)': message.correlId,
          'Answers (in_reply_to)': message.inReplyTo,
          'Client (ext_client_id)': message.extClientId,
        }}
      />
      {Object.keys(message.properties).length > 0 && (
        <section className="serai-part">
          <Title headingLevel="h2">Properties</Title>
          <Facts
            facts={Object.fromEntries(
              Object.entries(message.properties).map(([name, value]) => [name, String(value)]),
            )}
          />
        </section>
      )}
      <section className="serai-part">
        <Title headingLevel="h2">Data</Title>
        {message.size > MOST_SHOWN && (
          <p className="serai-note">
            The first {bytes(MOST_SHOWN)} of {bytes(message.size)}.
          </p>
        )}
        {message.size === 0 ? (
          <p className="serai-note">There is none.</p>
        ) : (
          <CodeBlock className="serai-answer" tabIndex={0} role="region" aria-label="Data">
            <CodeBlockCode>
              {message.format === 'bytes'
                ? hexOf(binaryOf(message.data ?? ''))
                : pretty(message.data ?? '')}
            </CodeBlockCode>
          </CodeBlock>
        )}
      </section>
      {asked?.what === 'edit' && (
        <Edit
          queue={queue}
          message={asked.whole}
          onDone={back}
          onClose={() => setAsked(undefined)}
        />
      )}
      {asked?.what === 'again' && (
        <Publish topic={message.topic} like={asked.whole} onClose={() => setAsked(undefined)} />
      )}
      {asked?.what === 'delete' && (
        <DeleteSome
          queue={queue}
          numbers={[number]}
          onDone={back}
          onClose={() => setAsked(undefined)}
        />
      )}
      {asked?.what === 'replay' && (
        <ReplaySome
          queue={queue}
          search={{}}
          numbers={[number]}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}

interface EditProps {
  queue: string;
  message: MessageInfo;
  onDone: () => void;
  onClose: () => void;
}

function Edit({ queue, message, onDone, onClose }: EditProps) {
  const [draft, setDraft] = useState(() => draftOf(message.topic, message));
  const notify = useNotices();
  const queries = useQueryClient();
  const edit = useMutation({
    mutationFn: () =>
      call(one(queue, message.number), {
        method: 'PUT',
        body: editOf(draft),
        contentType: 'application/json',
      }),
    onSuccess: () => {
      notify('success', `${message.msgId} is changed, and at the end of its queue.`);
      void queries.invalidateQueries({ queryKey: ['messages'] });
      onClose();
      onDone();
    },
  });
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="edit">
      <ModalHeader labelId="edit" title={`Edit ${message.msgId}`} />
      <ModalBody>
        <p className="serai-note">It goes to the end of its queue, with another number.</p>
        <DraftForm
          id="edited"
          draft={draft}
          onChange={setDraft}
          onSubmit={() => edit.mutate()}
          isEdit
        />
        {edit.error && <ProblemAlert failure={edit.error} />}
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form="edited"
          isLoading={edit.isPending}
          isDisabled={edit.isPending || Object.keys(mistakesOf(draft)).length > 0}
        >
          Save
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}

function one(queue: string, number: string | number, most?: number): string {
  return path('pubsub', 'messages', number) + query({ queue, most });
}

function save(message: MessageInfo) {
  const data = message.data ?? '';
  const link = document.createElement('a');
  link.href = URL.createObjectURL(
    new Blob([message.format === 'bytes' ? binaryOf(data) : data], {
      type: 'application/octet-stream',
    }),
  );
  link.download = message.msgId + { json: '.json', text: '.txt', bytes: '.bin' }[message.format];
  link.click();
  URL.revokeObjectURL(link.href);
}
