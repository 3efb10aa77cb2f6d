import {
  Banner,
  Button,
  Form,
  FormGroup,
  FormHelperText,
  HelperText,
  HelperTextItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
} from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { call } from '../api/client';
import { READ_ONLY, useReadOnly, type ReadOnly } from '../api/readOnly';
import { useRole } from '../api/roles';
import { ProblemAlert } from '../shared/ProblemAlert';
import { moment } from '../shared/format';

const LONGEST_REASON = 500;

/** Says on every page that the server is read-only, who said so and why. */
export function ReadOnlyBanner() {
  const state = useReadOnly();
  const mayEnd = useRole('admin');
  const [isEnding, setEnding] = useState(false);
  if (!state.isReadOnly) {
    return null;
  }
  const { by, since, reason } = state;
  return (
    <Banner color="yellow" screenReaderText="Warning" role="status">
      The server is read-only since {moment(since)}, by {by}: {reason}{' '}
      {mayEnd && (
        <Button variant="link" isInline onClick={() => setEnding(true)}>
          Let it be changed again
        </Button>
      )}
      {isEnding && <EndReadOnly onClose={() => setEnding(false)} />}
    </Banner>
  );
}

function EndReadOnly({ onClose }: { onClose: () => void }) {
  const queries = useQueryClient();
  const end = useMutation({
    mutationFn: () => call('read-only', { method: 'DELETE' }),
    onSuccess: () => {
      onClose();
      void queries.invalidateQueries();
    },
  });
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="end-read-only">
      <ModalHeader labelId="end-read-only" title="Let the server be changed again?" />
      <ModalBody>
        Files that have changed in the watched folders meanwhile are taken in now.
        {end.error && <ProblemAlert failure={end.error} />}
      </ModalBody>
      <ModalFooter>
        <Button isLoading={end.isPending} isDisabled={end.isPending} onClick={() => end.mutate()}>
          End read-only
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}

/** Asks why the server is to be read-only, and makes it so. */
export function BeginReadOnly({ onClose }: { onClose: () => void }) {
  const [reason, setReason] = useState('');
  const queries = useQueryClient();
  const begin = useMutation({
    mutationFn: () =>
      call<ReadOnly>('read-only', {
        method: 'PUT',
        body: JSON.stringify({ reason }),
        contentType: 'application/json',
      }),
    onSuccess: (state) => {
      queries.setQueryData(READ_ONLY, state);
      onClose();
    },
  });
  const isReady = reason.trim() !== '' && !begin.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) {
      begin.mutate();
    }
  };
  return (
    <Modal
      isOpen
      variant="small"
      onClose={onClose}
      aria-labelledby="begin-read-only"
      elementToFocus="#read-only-reason"
    >
      <ModalHeader labelId="begin-read-only" title="Make the server read-only?" />
      <ModalBody>
        <p>
          Calls, messages and jobs go on. Every change by the console, the admin API, the shell and
          the watched folders is refused, or waits, until an administrator ends that.
        </p>
        <Form id="read-only-form" onSubmit={submit} className="serai-part">
          <FormGroup label="Why" fieldId="read-only-reason" isRequired>
            <TextInput
              id="read-only-reason"
              value={reason}
              maxLength={LONGEST_REASON}
              autoComplete="off"
              onChange={(_, text) => setReason(text)}
            />
            <FormHelperText>
              <HelperText>
                <HelperTextItem>Everybody reads it, with your name.</HelperTextItem>
              </HelperText>
            </FormHelperText>
          </FormGroup>
        </Form>
        {begin.error && <ProblemAlert failure={begin.error} />}
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form="read-only-form"
          isLoading={begin.isPending}
          isDisabled={!isReady}
        >
          Make it read-only
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
