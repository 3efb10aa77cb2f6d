import {
  Button,
  Form,
  FormGroup,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  PageSection,
  TextInput,
} from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { call, path } from '../api/client';
import { useMayChange } from '../api/readOnly';
import { useNotices } from '../frame/Notices';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { ServerTable, type Column } from '../shared/ServerTable';
import { TypeTheName } from '../shared/TypeTheName';

/** The names of the secrets; their values go in, and never come out. */
export function SecretsPage() {
  const mayWrite = useMayChange('admin');
  const [isSet, setSet] = useState<string>();
  const [deleted, setDeleted] = useState<string>();
  const notify = useNotices();
  const queries = useQueryClient();
  const columns: Column<string>[] = [
    { title: 'Name', sort: 'name', cell: (name) => name },
    ...(mayWrite
      ? [
          {
            title: 'What can be done',
            cell: (name: string) => (
              <>
                <Button variant="link" isInline onClick={() => setSet(name)}>
                  Replace<span className="pf-v6-screen-reader"> {name}</span>
                </Button>{' '}
                <Button variant="link" isInline isDanger onClick={() => setDeleted(name)}>
                  Delete<span className="pf-v6-screen-reader"> {name}</span>
                </Button>
              </>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <PageHead
        title="Secrets"
        actions={mayWrite && <Button onClick={() => setSet('')}>New secret</Button>}
      >
        Objects refer to them as <code>{'${secret:NAME}'}</code>. Values are encrypted, and never
        shown again.
      </PageHead>
      <PageSection>
        <ServerTable
          path="secrets"
          label="secrets"
          columns={columns}
          rowKey={(name) => name}
          empty="There are none. A clear value in a field that holds a secret becomes one."
        />
      </PageSection>
      {isSet !== undefined && <SetSecret name={isSet} onClose={() => setSet(undefined)} />}
      {deleted !== undefined && (
        <TypeTheName
          title="Delete the secret?"
          name={deleted}
          button="Delete"
          onClose={() => setDeleted(undefined)}
          action={async () => {
            await call(path('secrets', deleted), { method: 'DELETE' });
            notify('success', `The secret ${deleted} is gone.`);
            void queries.invalidateQueries();
          }}
        >
          It is refused while an object refers to it.
        </TypeTheName>
      )}
    </>
  );
}

function SetSecret({ name: known, onClose }: { name: string; onClose: () => void }) {
  const [name, setName] = useState(known);
  const [value, setValue] = useState('');
  const notify = useNotices();
  const queries = useQueryClient();
  const set = useMutation({
    mutationFn: () =>
      call(path('secrets', name), { method: 'PUT', body: value, contentType: 'text/plain' }),
    onSuccess: () => {
      notify('success', `The secret ${name} is set.`);
      void queries.invalidateQueries();
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    set.mutate();
  };
  return (
    <Modal
      isOpen
      variant="small"
      onClose={onClose}
      aria-labelledby="set-secret"
      elementToFocus={known === '' ? '#secret-name' : '#secret-value'}
    >
      <ModalHeader labelId="set-secret" title={known === '' ? 'New secret' : `Replace ${known}`} />
      <ModalBody>
        <Form id="secret-form" onSubmit={submit}>
          <FormGroup label="Name" fieldId="secret-name" isRequired>
            <TextInput
              id="secret-name"
              value={name}
              autoComplete="off"
              isRequired
              {...(known === '' ? {} : { readOnlyVariant: 'default' as const })}
              onChange={(_, text) => setName(text)}
            />
          </FormGroup>
          <FormGroup label="Value" fieldId="secret-value" isRequired>
            <TextInput
              id="secret-value"
              type="password"
              autoComplete="new-password"
              isRequired
              value={value}
              onChange={(_, text) => setValue(text)}
            />
          </FormGroup>
          {set.error && <ProblemAlert failure={set.error} />}
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form="secret-form"
          isLoading={set.isPending}
          isDisabled={name === '' || value === '' || set.isPending}
        >
          Set
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
