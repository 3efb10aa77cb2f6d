import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, query } from '../api/client';
import type { MessageInfo } from '../api/types';
import { useNotices } from '../frame/Notices';
import { ProblemAlert } from '../shared/ProblemAlert';
import { DraftForm } from './DraftForm';
import { draftOf, mistakesOf, publicationOf } from './publication';

interface Props {
  topic?: string;
  /** A message that the new one is like. */
  like?: MessageInfo;
  onClose: () => void;
}

/** Publishes a message. */
export function Publish({ topic = '', like, onClose }: Props) {
  const [draft, setDraft] = useState(() => draftOf(topic, like));
  const queries = useQueryClient();
  const notify = useNotices();
  const publication = useMutation({
    mutationFn: () =>
      call<{ msgId: string }>(`pubsub/publish${query({ topic: draft.topic })}`, {
        method: 'POST',
        body: publicationOf(draft),
        contentType: 'application/json',
      }),
    onSuccess: ({ msgId }) => {
      notify('success', `Message ${msgId} is published to ${draft.topic}.`);
      void queries.invalidateQueries();
      onClose();
    },
  });
  const isWrong = draft.topic === '' || Object.keys(mistakesOf(draft)).length > 0;
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="publish">
      <ModalHeader labelId="publish" title={like ? 'Publish it again' : 'Publish a message'} />
      <ModalBody>
        <DraftForm
          id="message"
          draft={draft}
          onChange={setDraft}
          onSubmit={() => publication.mutate()}
        />
        {publication.error && <ProblemAlert failure={publication.error} />}
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form="message"
          isLoading={publication.isPending}
          isDisabled={isWrong || publication.isPending}
        >
          Publish
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
