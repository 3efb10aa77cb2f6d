import {
  ActionGroup,
  Button,
  Form,
  FormGroup,
  HelperText,
  HelperTextItem,
  TextInput,
} from '@patternfly/react-core';
import { useState, type FormEvent } from 'react';
import { logIn, Problem } from '../api/client';

/** User name and password. */
export function LoginForm({ user = '' }: { user?: string }) {
  const [username, setUsername] = useState(user);
  const [password, setPassword] = useState('');
  const [failure, setFailure] = useState('');
  const [isBusy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setFailure('');
    try {
      await logIn(username, password);
    } catch (problem) {
      setPassword('');
      setFailure(problem instanceof Problem ? problem.message : String(problem));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form onSubmit={(event) => void submit(event)}>
      {failure !== '' && (
        <HelperText role="alert">
          <HelperTextItem variant="error">{failure}</HelperTextItem>
        </HelperText>
      )}
      <FormGroup label="User name" fieldId="username" isRequired>
        <TextInput
          id="username"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          isRequired
          autoFocus={user === ''}
          value={username}
          onChange={(_, value) => setUsername(value)}
        />
      </FormGroup>
      <FormGroup label="Password" fieldId="password" isRequired>
        <TextInput
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          isRequired
          autoFocus={user !== ''}
          value={password}
          onChange={(_, value) => setPassword(value)}
        />
      </FormGroup>
      <ActionGroup>
        <Button
          type="submit"
          isBlock
          isLoading={isBusy}
          isDisabled={isBusy || username === '' || password === ''}
        >
          Log in
        </Button>
      </ActionGroup>
    </Form>
  );
}
