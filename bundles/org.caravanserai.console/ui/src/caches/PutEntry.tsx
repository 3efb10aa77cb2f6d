import {
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
  TextArea,
  TextInput,
} from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { call, path, query } from '../api/client';
import { useNotices } from '../frame/Notices';
import { mistakeIn } from '../shared/json';
import { ProblemAlert } from '../shared/ProblemAlert';

interface Props {
  cache: string;
  /** The key, if it is there already. */
  entry?: string;
  value?: string;
  expiry?: number | undefined;
  onClose: () => void;
}

/** Puts a value, a new one or in the place of another. */
export function PutEntry({ cache, entry, value = '', expiry, onClose }: Props) {
  const [key, setKey] = useState(entry ?? '');
  const [text, setText] = useState(value);
  const [seconds, setSeconds] = useState(expiry === undefined ? '' : String(expiry));
  const queries = useQueryClient();
  const notify = useNotices();
  const mistake = text === '' ? undefined : mistakeIn(text);
  const isWrong = key === '' || text.trim() === '' || mistake !== undefined;
  const put = useMutation({
    mutationFn: () =>
      call(`${path('caches', cache)}/entry${query({ key, expiry: seconds })}`, {
        method: 'PUT',
        body: text,
        contentType: 'application/json',
      }),
    onSuccess: () => {
      notify('success', `${key} is put into ${cache}.`);
      void queries.invalidateQueries();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isWrong && !put.isPending) {
      put.mutate();
    }
  };
  return (
    <Modal isOpen variant="medium" onClose={onClose} aria-labelledby="put">
      <ModalHeader
        labelId="put"
        title={entry === undefined ? `Put a value into ${cache}` : `Change ${entry}`}
      />
      <ModalBody>
        <Form id="entry" onSubmit={submit}>
          {entry === undefined && (
            <FormGroup label="Key" fieldId="entry-key" isRequired>
              <TextInput id="entry-key" value={key} onChange={(_, next) => setKey(next)} />
            </FormGroup>
          )}
          <FormGroup label="Value, in JSON" fieldId="entry-value" isRequired>
            <TextArea
              id="entry-value"
              className="serai-code"
              rows={10}
              resizeOrientation="vertical"
              spellCheck={false}
              value={text}
              onChange={(_, next) => setText(next)}
            />
            {mistake !== undefined && (
              <FormHelperText>
                <HelperText isLiveRegion>
                  <HelperTextItem variant="warning">Not JSON: {mistake}</HelperTextItem>
                </HelperText>
              </FormHelperText>
            )}
          </FormGroup>
          <FormGroup label="Kept for so many seconds, 0 for ever" fieldId="entry-expiry">
            <TextInput
              id="entry-expiry"
              type="number"
              min={0}
              placeholder="as the cache is configured"
              value={seconds}
              onChange={(_, next) => setSeconds(next)}
            />
          </FormGroup>
        </Form>
        {put.error && <ProblemAlert failure={put.error} />}
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form="entry"
          isLoading={put.isPending}
          isDisabled={isWrong || put.isPending}
        >
          Put
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
