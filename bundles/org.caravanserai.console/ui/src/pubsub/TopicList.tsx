import { Button, Label, PageSection, ToolbarItem } from '@patternfly/react-core';
import { useState } from 'react';
import { Link } from 'react-router';
import { useMayChange } from '../api/readOnly';
import type { RemoteStatus, TopicStatus } from '../api/types';
import { Filter } from '../shared/Filter';
import { count } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { ServerTable, type Column } from '../shared/ServerTable';
import { topicPage } from './names';
import { Depth, PubSubPages } from './parts';
import { Publish } from './Publish';

const COLUMNS: Column<TopicStatus>[] = [
  {
    title: 'Topic',
    sort: 'name',
    cell: ({ name }) => <Link to={topicPage(name)}>{name}</Link>,
  },
  {
    title: 'Subscriptions',
    sort: 'subscriptions',
    isNumeric: true,
    cell: ({ subscriptions }) => count(subscriptions),
  },
  {
    title: 'Waiting in the longest',
    sort: 'depth',
    isNumeric: true,
    cell: (topic) => <Depth {...topic} />,
  },
  { title: 'Limit', isNumeric: true, cell: ({ maxDepth }) => count(maxDepth) },
  { title: 'Shared', cell: ({ remote }) => (remote ? <Remote remote={remote} /> : 'no') },
];

/** All topics. */
export function TopicList() {
  const [isPublishing, setPublishing] = useState(false);
  const mayPublish = useMayChange('operator');
  return (
    <>
      <PageHead
        title="Topics"
        actions={
          mayPublish && (
            <Button variant="secondary" onClick={() => setPublishing(true)}>
              Publish
            </Button>
          )
        }
      />
      <PageSection>
        <PubSubPages />
        <ServerTable
          path="pubsub/topics"
          label="topics"
          columns={COLUMNS}
          rowKey={({ name }) => name}
          filters={['isNearlyFull']}
          empty="None is configured. An object of the kind pubsub_topic is one."
        >
          <ToolbarItem>
            <Filter name="isNearlyFull" label="Nearly full" values={['true', 'false']} />
          </ToolbarItem>
        </ServerTable>
      </PageSection>
      {isPublishing && <Publish onClose={() => setPublishing(false)} />}
    </>
  );
}

/** Whether the other broker of a shared topic is reached. */
export function Remote({ remote }: { remote: RemoteStatus }) {
  return (
    <>
      <Label status={remote.connected ? 'success' : 'danger'}>
        {remote.connected ? 'connected' : 'not connected'}
      </Label>{' '}
      <span className="serai-text">
        {remote.broker}
        {remote.waiting > 0 && `, ${count(remote.waiting)} waiting`}
        {remote.failure !== undefined && `: ${remote.failure}`}
      </span>
    </>
  );
}
