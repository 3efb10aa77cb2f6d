import {
  Menu,
  MenuContent,
  MenuGroup,
  MenuItem,
  MenuList,
  Modal,
  ModalBody,
  ModalHeader,
  SearchInput,
} from '@patternfly/react-core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import { call, path, query } from '../api/client';
import type {
  CacheStatus,
  DeploymentInfo,
  JobInfo,
  ObjectInfo,
  Page,
  QueueStatus,
  ServiceInfo,
  TopicStatus,
} from '../api/types';
import type { RouteInfo } from '../camel/types';
import { routePage } from '../camel/words';
import { queuePage, topicPage } from '../pubsub/names';
import { ProblemAlert } from '../shared/ProblemAlert';
import { usePages } from './Frame';

const MOST = 8;

interface Found {
  to: string;
  title: string;
  description?: string;
}

interface Group {
  title: string;
  found: Found[];
}

/** A list of the admin API in which things are found. */
interface Source {
  title: string;
  list: string;
  found: (item: never) => Found;
}

function source<T>(title: string, list: string, found: (item: T) => Found): Source {
  return { title, list, found };
}

/** What is looked through. */
const SOURCES: Source[] = [
  source<ServiceInfo>('Services', 'services', ({ name, deployment }) => ({
    to: `/${path('services', name)}`,
    title: name,
    description: `of ${deployment}`,
  })),
  source<DeploymentInfo>('Deployments', 'deployments', ({ name, origin }) => ({
    to: `/${path('deployments', name)}`,
    title: name,
    ...(origin === undefined ? {} : { description: origin }),
  })),
  source<TopicStatus>('Topics', 'pubsub/topics', ({ name }) => ({
    to: topicPage(name),
    title: name,
  })),
  source<QueueStatus>('Queues', 'pubsub/queues', ({ name, kind }) => ({
    to: queuePage(name),
    title: name,
    description: kind,
  })),
  source<JobInfo>('Jobs', 'scheduler/jobs', ({ name, schedule }) => ({
    to: `/${path('scheduler', 'jobs', name)}`,
    title: name,
    description: schedule,
  })),
  source<CacheStatus>('Caches', 'caches', ({ name }) => ({
    to: `/${path('caches', name)}`,
    title: name,
  })),
  source<RouteInfo>('Camel routes', 'routes', ({ id, from }) => ({
    to: routePage(id),
    title: id,
    description: from,
  })),
  source<ObjectInfo>('Objects', 'objects', ({ kind, name }) => ({
    to: `/${path('objects', kind, name)}`,
    title: name,
    description: kind,
  })),
];

/** Finds pages, and all that has a name, by a part of it. */
export function Find({ onClose }: { onClose: () => void }) {
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const navigate = useNavigate();
  const q = text.trim();
  const pages = usePages();
  const { data, error } = useQuery({
    queryKey: ['find', q],
    queryFn: ({ signal }) => find(q, pages, signal),
    placeholderData: keepPreviousData,
  });
  const groups = data ?? [];
  const all = groups.flatMap((group) => group.found);
  const current = Math.min(chosen, all.length - 1);

  const go = (found: Found | undefined) => {
    if (found) {
      onClose();
      void navigate(found.to);
    }
  };
  const pressed = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && all.length > 0) {
      event.preventDefault();
      setChosen((current + step + all.length) % all.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      go(all[current]);
    }
  };

  return (
    <Modal
      isOpen
      variant="medium"
      position="top"
      onClose={onClose}
      aria-labelledby="find"
      elementToFocus="#find-text"
    >
      <ModalHeader title="Find" labelId="find" />
      <ModalBody>
        <SearchInput
          searchInputId="find-text"
          aria-label="Part of a name"
          placeholder="Service, deployment, queue, job, object or page"
          value={text}
          onChange={(_, value) => {
            setText(value);
            setChosen(0);
          }}
          onClear={() => setText('')}
          onKeyDown={pressed}
        />
        {error && <ProblemAlert failure={error} />}
        <p className="pf-v6-screen-reader" role="status">
          {all.length === 0 ? 'Nothing found' : `${all.length} found`}
        </p>
        {data && all.length === 0 && <p className="serai-lead">Nothing has such a name.</p>}
        <Menu isPlain isScrollable aria-label="Found">
          <MenuContent>
            {groups.map((group) => (
              <MenuGroup key={group.title} label={group.title} labelHeadingLevel="h2">
                <MenuList aria-label={group.title}>
                  {group.found.map((found) => (
                    <MenuItem
                      key={found.to}
                      itemId={found.to}
                      to={found.to}
                      isFocused={found === all[current]}
                      description={found.description}
                      onClick={(event) => {
                        event.preventDefault();
                        go(found);
                      }}
                    >
                      <span className="serai-text">{found.title}</span>
                    </MenuItem>
                  ))}
                </MenuList>
              </MenuGroup>
            ))}
          </MenuContent>
        </Menu>
      </ModalBody>
    </Modal>
  );
}

async function find(q: string, all: Found[], signal: AbortSignal): Promise<Group[]> {
  const asked = query({ q, limit: MOST });
  const pages = all.filter(({ title }) => title.toLowerCase().includes(q.toLowerCase()));
  if (q === '') {
    return [{ title: 'Pages', found: pages }];
  }
  const found = await Promise.allSettled(
    SOURCES.map(async ({ title, list, found }): Promise<Group> => {
      const page = await call<Page<never>>(list + asked, { signal });
      return { title: titled(title, page), found: page.items.map(found) };
    }),
  );
  // One area that does not answer keeps nobody from the others.
  if (found.every(({ status }) => status === 'rejected')) {
    throw (found[0] as PromiseRejectedResult).reason;
  }
  return [
    { title: 'Pages', found: pages },
    ...found.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : [])),
  ].filter((group) => group.found.length > 0);
}

function titled<T>(title: string, { items, total }: Page<T>): string {
  return total > items.length ? `${title}, ${items.length} of ${total}` : title;
}
