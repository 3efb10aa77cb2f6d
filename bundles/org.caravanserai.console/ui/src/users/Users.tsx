import {
  Button,
  Checkbox,
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
import { Link } from 'react-router';
import { call, path, query } from '../api/client';
import { useMayChange } from '../api/readOnly';
import type { User } from '../api/types';
import { useNotices } from '../frame/Notices';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { ServerTable, type Column } from '../shared/ServerTable';
import { TypeTheName } from '../shared/TypeTheName';

const ROLES = {
  viewer: 'looks at everything but data',
  operator: 'changes objects, invokes services, sees messages',
  developer: 'deploys code',
  admin: 'users, secrets, the audit, all commands',
};

/** The users that this server itself knows. */
export function Users() {
  const [edited, setEdited] = useState<User>();
  const mayChange = useMayChange('admin');
  const [deleted, setDeleted] = useState<string>();
  const notify = useNotices();
  const queries = useQueryClient();
  const columns: Column<User>[] = [
    { title: 'Name', sort: 'name', cell: ({ name }) => name },
    { title: 'Roles', cell: ({ roles }) => roles.join(', ') },
    {
      title: 'What can be done',
      cell: (user) => (
        <>
          {mayChange && (
            <>
              <Button variant="link" isInline onClick={() => setEdited(user)}>
                Change<span className="pf-v6-screen-reader"> {user.name}</span>
              </Button>{' '}
              <Button variant="link" isInline isDanger onClick={() => setDeleted(user.name)}>
                Delete<span className="pf-v6-screen-reader"> {user.name}</span>
              </Button>{' '}
            </>
          )}
          <Link to={`/audit${query({ user: user.name })}`}>
            Audit<span className="pf-v6-screen-reader"> of {user.name}</span>
          </Link>
        </>
      ),
    },
  ];
  return (
    <>
      <PageHead
        title="Users"
        actions={
          mayChange && (
            <Button onClick={() => setEdited({ name: '', roles: ['viewer'] })}>New user</Button>
          )
        }
      >
        Those whom this server itself knows; others come from a directory or by tokens.
      </PageHead>
      <PageSection>
        <ServerTable path="users" label="users" columns={columns} rowKey={({ name }) => name} />
      </PageSection>
      {edited && <EditUser user={edited} onClose={() => setEdited(undefined)} />}
      {deleted !== undefined && (
        <TypeTheName
          title="Delete the user?"
          name={deleted}
          button="Delete"
          onClose={() => setDeleted(undefined)}
          action={async () => {
            await call(path('users', deleted), { method: 'DELETE' });
            notify('success', `The user ${deleted} is gone.`);
            void queries.invalidateQueries({ queryKey: ['users'] });
          }}
        >
          The sessions of this user end at once.
        </TypeTheName>
      )}
    </>
  );
}

function EditUser({ user, onClose }: { user: User; onClose: () => void }) {
  const isNew = user.name === '';
  const [name, setName] = useState(user.name);
  const [roles, setRoles] = useState(user.roles);
  const [password, setPassword] = useState('');
  const notify = useNotices();
  const queries = useQueryClient();
  const save = useMutation({
    mutationFn: () =>
      call(path('users', name), {
        method: 'PUT',
        // A user of this name that is there already is not changed by who means a new one.
        body: JSON.stringify({ roles, ...(password === '' ? {} : { password }) }),
        contentType: 'application/json',
        ...(isNew ? { headers: { 'If-None-Match': '*' } } : {}),
      }),
    onSuccess: () => {
      notify('success', isNew ? `The user ${name} is there.` : `The user ${name} is changed.`);
      void queries.invalidateQueries({ queryKey: ['users'] });
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Modal
      isOpen
      variant="small"
      onClose={onClose}
      aria-labelledby="edit-user"
      elementToFocus={isNew ? '#new-name' : '#new-password'}
    >
      <ModalHeader labelId="edit-user" title={isNew ? 'New user' : `Change ${user.name}`} />
      <ModalBody>
        <Form id="user-form" onSubmit={submit}>
          <FormGroup label="Name" fieldId="new-name" isRequired>
            <TextInput
              id="new-name"
              value={name}
              autoComplete="off"
              isRequired
              {...(isNew ? {} : { readOnlyVariant: 'default' as const })}
              onChange={(_, text) => setName(text)}
            />
          </FormGroup>
          <FormGroup
            label={isNew ? 'Password' : 'New password, if it is to change'}
            fieldId="new-password"
            isRequired={isNew}
          >
            <TextInput
              id="new-password"
              type="password"
              autoComplete="new-password"
              value={password}
              onChange={(_, text) => setPassword(text)}
            />
          </FormGroup>
          <FormGroup label="Roles" role="group" fieldId="roles" isStack>
            {Object.entries(ROLES).map(([role, may]) => (
              <Checkbox
                key={role}
                id={`role-${role}`}
                label={role}
                description={may}
                isChecked={roles.includes(role)}
                onChange={(_, isChosen) =>
                  setRoles((all) => [
                    ...all.filter((each) => each !== role),
                    ...(isChosen ? [role] : []),
                  ])
                }
              />
            ))}
          </FormGroup>
          {!isNew && (
            <p className="serai-note">The sessions of this user in browsers end by a change.</p>
          )}
          {save.error && <ProblemAlert failure={save.error} />}
        </Form>
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form="user-form"
          isLoading={save.isPending}
          isDisabled={name === '' || (isNew && password === '') || save.isPending}
        >
          Save
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
