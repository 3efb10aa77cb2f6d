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
import type { DeploymentInfo, ObjectInfo, Page, ServiceInfo } from '../api/types';
import type { RouteInfo } from '../camel/types';
import { routePage } from '../camel/words';
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

/** Finds pages, services, deployments, objects and routes by a part of their names. */
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
          placeholder="Service, deployment, object or page"
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
  const [services, deployments, objects, routes] = await Promise.all([
    call<Page<ServiceInfo>>(`services${asked}`, { signal }),
    call<Page<DeploymentInfo>>(`deployments${asked}`, { signal }),
    call<Page<ObjectInfo>>(`objects${asked}`, { signal }),
    call<Page<RouteInfo>>(`routes${asked}`, { signal }),
  ]);
  return [
    { title: 'Pages', found: pages },
    {
      title: titled('Services', services),
      found: services.items.map(({ name, deployment }) => ({
        to: `/${path('services', name)}`,
        title: name,
        description: `of ${deployment}`,
      })),
    },
    {
      title: titled('Deployments', deployments),
      found: deployments.items.map(({ name, origin }) => ({
        to: `/${path('deployments', name)}`,
        title: name,
        ...(origin === undefined ? {} : { description: origin }),
      })),
    },
    {
      title: titled('Objects', objects),
      found: objects.items.map(({ kind, name }) => ({
        to: `/${path('objects', kind, name)}`,
        title: name,
        description: kind,
      })),
    },
    {
      title: titled('Camel routes', routes),
      found: routes.items.map(({ id, from }) => ({
        to: routePage(id),
        title: id,
        description: from,
      })),
    },
  ].filter((group) => group.found.length > 0);
}

function titled<T>(title: string, { items, total }: Page<T>): string {
  return total > items.length ? `${title}, ${items.length} of ${total}` : title;
}
