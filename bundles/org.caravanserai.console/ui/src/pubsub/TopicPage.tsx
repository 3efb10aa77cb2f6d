import { Button, EmptyState, EmptyStateBody, PageSection, Title } from '@patternfly/react-core';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { path } from '../api/client';
import { useMayChange } from '../api/readOnly';
import { Figure, Figures } from '../shared/Figures';
import { count } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { ServerTable } from '../shared/ServerTable';
import { Waiting } from '../shared/Waiting';
import { Depth, useTopic } from './parts';
import { Publish } from './Publish';
import { QUEUE_COLUMNS } from './QueueList';
import { Remote } from './TopicList';

/** One topic: how full it is, who gets its messages, a message to it. */
export function TopicPage() {
  const { name = '' } = useParams();
  const { data: topic, error } = useTopic(name);
  const [isPublishing, setPublishing] = useState(false);
  const mayPublish = useMayChange('operator');
  return (
    <>
      <PageHead
        title={name}
        above={[{ to: '/pubsub', title: 'Topics' }]}
        actions={
          topic &&
          mayPublish && (
            <Button variant="secondary" onClick={() => setPublishing(true)}>
              Publish
            </Button>
          )
        }
      >
        {topic && (
          <Link to={`/${path('objects', 'pubsub_topic', name)}`}>How it is configured</Link>
        )}
      </PageHead>
      <PageSection>
        {error && <ProblemAlert failure={error} />}
        {topic === undefined && !error && <Waiting what={name} />}
        {topic === null && (
          <EmptyState titleText={`There is no topic ${name}`} headingLevel="h2">
            <EmptyStateBody>
              It may have been taken out of the configuration. What its subscribers have is in their{' '}
              <Link to="/pubsub/queues">queues</Link>.
            </EmptyStateBody>
          </EmptyState>
        )}
        {topic && (
          <>
            <Figures label="Figures">
              <Figure title="Subscriptions" value={count(topic.subscriptions)} />
              <Figure title="Waiting in the longest" value={<Depth {...topic} />} />
              <Figure title="Limit" value={count(topic.maxDepth)} />
            </Figures>
            {topic.remote && (
              <p className="serai-part">
                <Remote remote={topic.remote} />
              </p>
            )}
            <section className="serai-part">
              <Title headingLevel="h2" className="serai-heading">
                Who gets its messages
              </Title>
              <ServerTable
                path="pubsub/queues"
                label="queues"
                columns={QUEUE_COLUMNS}
                rowKey={(queue) => queue.name}
                fixed={{ topic: name }}
                empty="Nobody has subscribed: what is published goes to nobody."
              />
            </section>
          </>
        )}
      </PageSection>
      {isPublishing && <Publish topic={name} onClose={() => setPublishing(false)} />}
    </>
  );
}
