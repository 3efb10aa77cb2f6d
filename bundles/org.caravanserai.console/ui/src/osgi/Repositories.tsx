import {
  Button,
  Form,
  FormGroup,
  List,
  ListItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
  Title,
} from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { call, post, query } from '../api/client';
import { useMayChange } from '../api/readOnly';
import type { Page } from '../api/types';
import { useNotices } from '../frame/Notices';
import { counted } from '../shared/format';
import { ProblemAlert } from '../shared/ProblemAlert';
import type { FeatureRepository } from './types';

/** Where features are described. */
export function Repositories() {
  const mayChange = useMayChange('admin');
  const [isAdding, setAdding] = useState(false);
  const [forgotten, setForgotten] = useState<FeatureRepository>();
  const { data, error } = useQuery({
    queryKey: ['feature-repositories'],
    queryFn: ({ signal }) => call<Page<FeatureRepository>>('feature-repositories', { signal }),
  });
  return (
    <section className="serai-part">
      <Title headingLevel="h2">Repositories</Title>
      {error && <ProblemAlert failure={error} />}
      <List isPlain>
        {data?.items.map((repository) => (
          <ListItem key={repository.uri}>
            {repository.name} <code className="serai-text">{repository.uri}</code>,{' '}
            {counted(repository.features, 'feature')}{' '}
            {mayChange && (
              <Button
                variant="link"
                isInline
                aria-label={`Forget ${repository.uri}`}
                onClick={() => setForgotten(repository)}
              >
                Forget
              </Button>
            )}
          </ListItem>
        ))}
      </List>
      {mayChange && (
        <Button variant="secondary" onClick={() => setAdding(true)}>
          Add a repository
        </Button>
      )}
      {isAdding && <Add onClose={() => setAdding(false)} />}
      {forgotten && <Forget repository={forgotten} onClose={() => setForgotten(undefined)} />}
    </section>
  );
}

function useChange(change: () => Promise<unknown>, words: string, onClose: () => void) {
  const queries = useQueryClient();
  const notify = useNotices();
  return useMutation({
    mutationFn: change,
    onSuccess: () => {
      notify('success', words);
      onClose();
      void queries.invalidateQueries();
    },
  });
}

function Add({ onClose }: { onClose: () => void }) {
  const [typed, setTyped] = useState('');
  const uri = typed.trim();
  const add = useChange(
    () => post('feature-repositories', { uri }),
    `The features of ${uri} are known.`,
    onClose,
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (uri !== '' && !add.isPending) {
      add.mutate();
    }
  };
  return (
    <Modal
      isOpen
      variant="medium"
      onClose={onClose}
      aria-labelledby="add-title"
      elementToFocus="#repository-uri"
    >
      <ModalHeader
        labelId="add-title"
        title="Add a repository"
        description="Its features can be installed then; nothing is installed by this."
      />
      <ModalBody>
        <Form id="add-form" onSubmit={submit}>
          <FormGroup label="Address" fieldId="repository-uri">
            <TextInput
              id="repository-uri"
              value={typed}
              placeholder="mvn:GROUP/NAME/1.0/xml/features"
              autoComplete="off"
              spellCheck={false}
              onChange={(_, text) => setTyped(text)}
            />
          </FormGroup>
        </Form>
        {add.error && <ProblemAlert failure={add.error} />}
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form="add-form"
          isLoading={add.isPending}
          isDisabled={uri === '' || add.isPending}
        >
          Add
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}

function Forget(props: { repository: FeatureRepository; onClose: () => void }) {
  const { repository, onClose } = props;
  const { uri, name } = repository;
  const forget = useChange(
    () => call(`feature-repositories${query({ uri })}`, { method: 'DELETE' }),
    `${uri} is forgotten.`,
    onClose,
  );
  return (
    <Modal
      isOpen
      variant="medium"
      onClose={onClose}
      aria-labelledby="forget-title"
      aria-describedby="forget-what"
    >
      <ModalHeader labelId="forget-title" title={`Forget ${name || uri}?`} />
      <ModalBody id="forget-what">
        <p>Its features are not known any more. While one of them is installed this is refused.</p>
        {forget.error && <ProblemAlert failure={forget.error} />}
      </ModalBody>
      <ModalFooter>
        <Button
          variant="danger"
          isLoading={forget.isPending}
          isDisabled={forget.isPending}
          onClick={() => forget.mutate()}
        >
          Forget
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
