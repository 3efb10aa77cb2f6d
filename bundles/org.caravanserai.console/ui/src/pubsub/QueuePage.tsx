import { Alert, Button, EmptyState, EmptyStateBody, PageSection } from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { path, post, query } from '../api/client';
import { useMayChange } from '../api/readOnly';
import { useRole } from '../api/roles';
import type { QueueStatus } from '../api/types';
import { useNotices } from '../frame/Notices';
import { Facts } from '../shared/Facts';
import { Figure, Figures } from '../shared/Figures';
import { count, counted } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { TypeTheName } from '../shared/TypeTheName';
import { useAddress } from '../shared/useAddress';
import { Waiting } from '../shared/Waiting';
import { MessageView } from './MessageView';
import { Messages } from './Messages';
import { deadOf, originOf, queuePage, topicPage } from './names';
import { Depth, useQueue } from './parts';
import { Publish } from './Publish';
import { age } from './QueueList';

const SERVICE = /^serai\.(?:service|call)\//;

/** One queue: its figures, and the messages in it or one of them. */
export function QueuePage() {
  const { '*': name = '' } = useParams();
  const [address] = useAddress();
  const { data: queue, error } = useQueue(name);
  const [asked, setAsked] = useState<'publish' | 'clear'>();
  const isOperator = useRole('operator');
  const mayChange = useMayChange('operator');
  const queries = useQueryClient();
  const notify = useNotices();
  const message = address.get('message');
  const origin = originOf(name);

  const clear = async () => {
    const { deleted } = await post<{ deleted: number }>(
      `pubsub/clear${query({ queue: name, confirm: name })}`,
      {},
    );
    notify('success', `${counted(deleted, 'message')} deleted from ${name}.`);
    void queries.invalidateQueries();
  };

  return (
    <>
      <PageHead
        title={message === null ? name : `Message ${message}`}
        above={[
          { to: '/pubsub/queues', title: 'Queues' },
          ...(message === null ? [] : [{ to: queuePage(name), title: name }]),
        ]}
        actions={
          queue &&
          mayChange &&
          message === null && (
            <>
              {(queue.kind === 'subscription' || queue.kind === 'queue') && (
                <Button variant="secondary" onClick={() => setAsked('publish')}>
                  Publish
                </Button>
              )}
              <Button
                variant="danger"
                isDisabled={queue.depth === 0}
                onClick={() => setAsked('clear')}
              >
                Clear
              </Button>
            </>
          )
        }
      />
      <PageSection>
        {error && <ProblemAlert failure={error} />}
        {queue === undefined && !error && <Waiting what={name} />}
        {queue === null && (
          <EmptyState titleText={`There is no queue ${name}`} headingLevel="h2">
            <EmptyStateBody>
              {origin === undefined ? (
                'Its subscription may have ended.'
              ) : (
                <>
                  There are no dead letters of <Link to={queuePage(origin)}>{origin}</Link>.
                </>
              )}
            </EmptyStateBody>
          </EmptyState>
        )}
        {queue && message === null && <Told queue={queue} />}
        {queue && (
          <div className={message === null ? 'serai-part' : ''}>
            {!isOperator && (
              <p className="serai-note">
                Messages are data: to see them takes the role operator at least.
              </p>
            )}
            {isOperator &&
              (message === null ? (
                <Messages queue={name} />
              ) : (
                <MessageView key={message} queue={name} number={message} />
              ))}
          </div>
        )}
      </PageSection>
      {queue && asked === 'publish' && (
        <Publish topic={queue.topic} onClose={() => setAsked(undefined)} />
      )}
      {queue && asked === 'clear' && (
        <TypeTheName
          title={`Delete all messages of ${name}?`}
          name={name}
          button="Delete them"
          action={clear}
          onClose={() => setAsked(undefined)}
        >
          <p>
            {counted(queue.depth, 'message')} will be gone for good
            {queue.delivering > 0 && `, but for ${queue.delivering} being worked on`}.
          </p>
        </TypeTheName>
      )}
    </>
  );
}

function Told({ queue }: { queue: QueueStatus }) {
  const { name, kind, topic, owner, filter, push } = queue;
  const origin = originOf(name);
  return (
    <>
      <Figures label="Figures">
        <Figure title="Waiting" value={<Depth {...queue} />} />
        <Figure title="Oldest" value={age(queue.oldestSeconds)} />
        <Figure title="In a second" value={queue.inRate.toFixed(1)} />
        <Figure title="Out a second" value={queue.outRate.toFixed(1)} />
        <Figure title="Being worked on" value={count(queue.delivering)} />
        <Figure title="Consumers" value={count(queue.consumers)} />
        <Figure title="Come since the start" value={count(queue.added)} />
        {origin === undefined && (
          <Figure
            title="Dead letters"
            value={
              queue.dead > 0 ? <Link to={queuePage(deadOf(name))}>{count(queue.dead)}</Link> : '0'
            }
          />
        )}
      </Figures>
      {push?.lastFailure !== undefined && (
        <Alert component="p" variant="warning" isInline title="The last delivery failed">
          <span className="serai-text">{push.lastFailure}</span>
        </Alert>
      )}
      <Facts
        facts={{
          Kind: kind,
          Topic: kind === 'subscription' ? <Link to={topicPage(topic)}>{topic}</Link> : undefined,
          Service:
            kind === 'service' && SERVICE.test(name) ? (
              <Link to={`/${path('services', name.replace(SERVICE, ''))}`}>
                {name.replace(SERVICE, '')}
              </Link>
            ) : undefined,
          'Dead letters of': origin && <Link to={queuePage(origin)}>{origin}</Link>,
          Owner: owner && <Link to={`/${path('objects', 'security', owner)}`}>{owner}</Link>,
          Filter: filter,
          Takes: queue.enabled ? undefined : 'no messages any more',
          Limit: queue.maxDepth && counted(queue.maxDepth, 'message'),
          Pushed: push && (
            <>
              {count(push.delivered)} delivered, {counted(push.failures, 'failed attempt')},{' '}
              {count(push.running)} on their way, {count(push.waiting)} waiting for another attempt
            </>
          ),
        }}
      />
    </>
  );
}
