import {
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
import { useNavigate } from 'react-router';
import { path, problem, query, send } from '../api/client';
import type { CacheItem } from '../api/types';
import { useNotices } from '../frame/Notices';
import { Facts } from '../shared/Facts';
import { bytes, count, duration, fromNow, moment } from '../shared/format';
import { memberOf, pretty } from '../shared/json';
import { ProblemAlert } from '../shared/ProblemAlert';
import { Waiting } from '../shared/Waiting';
import { PutEntry } from './PutEntry';

const MOST_SHOWN = 64 * 1024;

/** An entry, and its value as the server wrote it: numbers stay exact. */
interface Known {
  item: CacheItem;
  value: string;
}

/** One value of a cache, and what is known of it. */
export function Entry({ cache, entry }: { cache: string; entry: string }) {
  const address = `${path('caches', cache)}/entry${query({ key: entry })}`;
  const { data, error } = useQuery({
    queryKey: ['cache', cache, 'entry', entry],
    queryFn: async ({ signal }): Promise<Known> => {
      const response = await send(address, { signal });
      if (!response.ok) {
        throw await problem(response);
      }
      const text = await response.text();
      return { item: JSON.parse(text) as CacheItem, value: memberOf(text, 'value') ?? '' };
    },
  });
  const [asked, setAsked] = useState<'put' | 'delete'>();
  if (error) {
    return <ProblemAlert failure={error} />;
  }
  if (!data) {
    return <Waiting what={entry} />;
  }
  const { item } = data;
  const value = pretty(data.value);
  return (
    <>
      <div className="serai-actions">
        <Button variant="secondary" onClick={() => setAsked('put')}>
          Edit
        </Button>
        <Button variant="secondary" isDanger onClick={() => setAsked('delete')}>
          Delete
        </Button>
      </div>
      <Facts
        facts={{
          Type: item.type,
          Version: count(item.version),
          Read: counted(item),
          'Last read': item.lastRead && moment(item.lastRead),
          'Read before': item.previousRead && moment(item.previousRead),
          Put: item.lastWrite && moment(item.lastWrite),
          'Put before': item.previousWrite && moment(item.previousWrite),
          'Kept for': item.expirySeconds ? duration(item.expirySeconds * 1000) : 'ever',
          'Kept until': item.expiresAt && `${moment(item.expiresAt)}, ${fromNow(item.expiresAt)}`,
        }}
      />
      <section className="serai-part">
        <Title headingLevel="h2">Value</Title>
        {value.length > MOST_SHOWN && (
          <p className="serai-note">The first {bytes(MOST_SHOWN)} of it.</p>
        )}
        <CodeBlock className="serai-answer" tabIndex={0} role="region" aria-label="Value">
          <CodeBlockCode>{value.slice(0, MOST_SHOWN)}</CodeBlockCode>
        </CodeBlock>
      </section>
      {asked === 'put' && (
        <PutEntry
          cache={cache}
          entry={entry}
          value={value}
          expiry={item.expirySeconds}
          onClose={() => setAsked(undefined)}
        />
      )}
      {asked === 'delete' && (
        <DeleteEntry
          cache={cache}
          entry={entry}
          address={address}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}

function counted({ hits }: CacheItem): string {
  return hits === 1 ? 'once' : `${count(hits)} times`;
}

interface DeleteProps {
  cache: string;
  entry: string;
  address: string;
  onClose: () => void;
}

function DeleteEntry({ cache, entry, address, onClose }: DeleteProps) {
  const queries = useQueryClient();
  const notify = useNotices();
  const navigate = useNavigate();
  const deletion = useMutation({
    mutationFn: async () => {
      const response = await send(address, { method: 'DELETE' });
      if (!response.ok) {
        throw await problem(response);
      }
    },
    onSuccess: () => {
      notify('success', `${entry} is deleted from ${cache}.`);
      queries.removeQueries({ queryKey: ['cache', cache, 'entry', entry] });
      void navigate(`/${path('caches', cache)}`);
    },
  });
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="delete">
      <ModalHeader labelId="delete" title={`Delete ${entry}?`} />
      <ModalBody>
        <p>Services do not find it any more.</p>
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
