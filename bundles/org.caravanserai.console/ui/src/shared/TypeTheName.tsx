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
  /** What the button says. */
  button: string;
  /** What happens, in words. */
  children?: ReactNode;
  action: () => Promise<unknown>;
  onClose: () => void;
}

/** Asks for a name before something is gone for good, and says why it is not if it is refused. */
export function TypeTheName({ title, name, button, children, action, onClose }: Props) {
  const [typed, setTyped] = useState('');
  const act = useMutation({ mutationFn: action, onSuccess: onClose });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (typed === name && !act.isPending) {
      act.mutate();
    }
  };
  return (
    <Modal
      isOpen
      variant="small"
      onClose={onClose}
      aria-labelledby="type-title"
      elementToFocus="#type-the-name"
    >
      <ModalHeader labelId="type-title" title={title} titleIconVariant="warning" />
      <ModalBody>
        {children}
        <Form id="type-form" onSubmit={submit} className="serai-part">
          <FormGroup
            label={
              <>
                Type <code className="serai-text">{name}</code> to go on
              </>
            }
            fieldId="type-the-name"
          >
            <TextInput
              id="type-the-name"
              value={typed}
              autoComplete="off"
              spellCheck={false}
              onChange={(_, text) => setTyped(text)}
            />
          </FormGroup>
        </Form>
        {act.error && <ProblemAlert failure={act.error} />}
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form="type-form"
          variant="danger"
          isLoading={act.isPending}
          isDisabled={typed !== name || act.isPending}
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
