import {
  Button,
  Form,
  FormGroup,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
} from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { ProblemAlert } from '../shared/ProblemAlert';
import { addressOf, renameFile } from './files';

interface Props {
  file: string;
  etag: string;
  onClose: () => void;
}

/** Gives a file another path; its services go on. */
export function RenameFile({ file, etag, onClose }: Props) {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [to, setTo] = useState(file);
  const rename = useMutation({
    mutationFn: () => renameFile(file, to, etag),
    onSuccess: () => {
      void queries.invalidateQueries();
      onClose();
      void navigate(addressOf(to));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    rename.mutate();
  };
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="rename-title">
      <ModalHeader labelId="rename-title" title="Rename the file" />
      <ModalBody>
        <p>Services of the same name go on: the new deployment has them before the old one goes.</p>
        <Form id="rename-form" onSubmit={submit} className="serai-part">
          <FormGroup label="New path" fieldId="rename-to">
            <TextInput
              id="rename-to"
              value={to}
              spellCheck={false}
              autoComplete="off"
              onChange={(_, value) => setTo(value)}
            />
          </FormGroup>
        </Form>
        {rename.error && <ProblemAlert failure={rename.error} />}
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form="rename-form"
          isLoading={rename.isPending}
          isDisabled={to === file || to.trim() === '' || rename.isPending}
        >
          Rename
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
