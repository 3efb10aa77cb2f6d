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
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent, type ReactNode } from 'react';
import { ProblemAlert } from './ProblemAlert';

interface Props {
  title: string;
  /** What has to be typed. */
  name: string;
  /** What will happen. */
  what: ReactNode;
  button: string;
  action: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks for a name before something is done that can't be undone. */
export function TypeTheName({ title, name, what, button, action, onClose }: Props) {
  const [typed, setTyped] = useState('');
  const deed = useMutation({ mutationFn: action, onSuccess: onClose });
  const isRight = typed === name;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isRight && !deed.isPending) {
      deed.mutate();
    }
  };
  return (
    <Modal
      isOpen
      variant="small"
      onClose={onClose}
      aria-labelledby="type-the-name"
      aria-describedby="type-the-name-what"
      elementToFocus="#typed-name"
    >
      <ModalHeader labelId="type-the-name" title={title} />
      <ModalBody>
        <div id="type-the-name-what" className="serai-text">
          {what}
        </div>
        <Form id="type-the-name-form" onSubmit={submit} className="serai-part">
          <FormGroup label={`Type ${name} to confirm`} fieldId="typed-name">
            <TextInput
              id="typed-name"
              value={typed}
              autoComplete="off"
              onChange={(_, value) => setTyped(value)}
            />
          </FormGroup>
        </Form>
        {deed.error && <ProblemAlert failure={deed.error} />}
      </ModalBody>
      <ModalFooter>
        <Button
          variant="danger"
          type="submit"
          form="type-the-name-form"
          isLoading={deed.isPending}
          isDisabled={!isRight || deed.isPending}
        >
          {button}
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
