import {
  ActionGroup,
  Button,
  Form,
  FormGroup,
  PageSection,
  TextInput,
} from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { call, logIn, sessionStore } from '../api/client';
import { useStore } from '../api/store';
import { useNotices } from '../frame/Notices';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';

/** One's own password. */
export function Account() {
  const state = useStore(sessionStore);
  const name = state.is === 'open' || state.is === 'ended' ? state.session.username : '';
  const [present, setPresent] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const notify = useNotices();
  const change = useMutation({
    mutationFn: async () => {
      await call('account/password', {
        method: 'PUT',
        body: JSON.stringify({ present, password }),
        contentType: 'application/json',
      });
      // The change has ended all sessions of the user, this one too.
      await logIn(name, password);
    },
    onSuccess: () => {
      setPresent('');
      setPassword('');
      setAgain('');
      notify('success', 'Your password is changed; your other sessions have ended.');
    },
  });
  const differs = again !== '' && again !== password;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <>
      <PageHead title="Your password">
        For <strong>{name}</strong>, if this server itself keeps the password and no directory does.
      </PageHead>
      <PageSection>
        <Form onSubmit={submit} className="serai-login-card">
          <Password id="present" label="Present password" value={present} onChange={setPresent} />
          <Password id="password" label="New password" value={password} onChange={setPassword} />
          <Password id="again" label="New password again" value={again} onChange={setAgain} />
          {differs && <p role="status">The two new passwords differ.</p>}
          {change.error && <ProblemAlert failure={change.error} />}
          <ActionGroup>
            <Button
              type="submit"
              isLoading={change.isPending}
              isDisabled={
                present === '' || password === '' || again !== password || change.isPending
              }
            >
              Change
            </Button>
          </ActionGroup>
        </Form>
      </PageSection>
    </>
  );
}

function Password(props: {
  id: string;
  label: string;
  value: string;
  onChange: (text: string) => void;
}) {
  const { id, label, value, onChange } = props;
  return (
    <FormGroup label={label} fieldId={id} isRequired>
      <TextInput
        id={id}
        type="password"
        isRequired
        autoComplete={id === 'present' ? 'current-password' : 'new-password'}
        value={value}
        onChange={(_, text) => onChange(text)}
      />
    </FormGroup>
  );
}
