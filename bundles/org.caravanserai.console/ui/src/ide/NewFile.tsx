import {
  Button,
  Form,
  FormGroup,
  FormSelect,
  FormSelectOption,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
} from '@patternfly/react-core';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { findDraft, keepDraft } from './drafts';
import { addressOf, folderOf, type Folder } from './files';
import { mistakeIn, TEMPLATES } from './templates';

interface Props {
  user: string;
  folders: Folder[];
  /** The file that is open; the new one goes beside it. */
  current: string;
  onClose: () => void;
}

/** Begins a file: as a draft, which is on the server when it is saved. */
export function NewFile({ user, folders, current, onClose }: Props) {
  const navigate = useNavigate();
  const writable = folders.filter(({ isWritable }) => isWritable).map(({ name }) => name);
  const [root = ''] = current.split('/');
  const [kind, setKind] = useState('service');
  const [folder, setFolder] = useState(
    writable.includes(root) ? folderOf(current) : (writable[0] ?? ''),
  );
  const [name, setName] = useState('');
  const template = TEMPLATES[kind];
  const mistake = mistakeIn(kind, name);
  const file = `${folder}/${name}${template?.ending ?? ''}`;
  const isRight = !mistake && writable.includes(folder.split('/')[0] ?? '');

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!template || !isRight) {
      return;
    }
    if (findDraft(user, file) === undefined) {
      keepDraft(user, file, template.text(name), null);
    }
    onClose();
    void navigate(addressOf(file));
  };

  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="new-file">
      <ModalHeader labelId="new-file" title="New file" />
      <ModalBody>
        <Form id="new-file-form" onSubmit={submit}>
          <FormGroup label="It begins as" fieldId="new-kind">
            <FormSelect id="new-kind" value={kind} onChange={(_, value) => setKind(value)}>
              {Object.entries(TEMPLATES).map(([key, { title }]) => (
                <FormSelectOption key={key} value={key} label={title} />
              ))}
            </FormSelect>
          </FormGroup>
          <FormGroup label="Folder" fieldId="new-folder">
            <TextInput
              id="new-folder"
              value={folder}
              onChange={(_, value) => setFolder(value)}
              aria-describedby="new-folder-note"
            />
            <p id="new-folder-note" className="serai-note">
              {writable.length === 0
                ? 'No watched folder can be written.'
                : `It begins with ${writable.join(' or ')}.`}
            </p>
          </FormGroup>
          <FormGroup label="Name" fieldId="new-name">
            <TextInput
              id="new-name"
              value={name}
              spellCheck={false}
              autoComplete="off"
              aria-describedby="new-name-note"
              onChange={(_, value) => setName(value)}
            />
            <p id="new-name-note" className="serai-note">
              {name !== '' && mistake ? mistake : template?.named}
              {isRight && (
                <>
                  {' '}
                  The file is <code className="serai-text">{file}</code>.
                </>
              )}
            </p>
          </FormGroup>
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button type="submit" form="new-file-form" isDisabled={!isRight}>
          Begin
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
