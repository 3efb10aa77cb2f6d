import {
  Bullseye,
  Button,
  Card,
  CardBody,
  CardHeader,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  Title,
} from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { findSession, reachableStore, sessionStore } from '../api/client';
import { useStore } from '../api/store';
import { Mark } from '../frame/Mark';
import { ProblemAlert } from '../shared/ProblemAlert';
import { Waiting } from '../shared/Waiting';
import { useTitle } from '../shared/useTitle';
import { LoginForm } from './LoginForm';

const PROBE_MILLIS = 2_000;

/**
 * Lets those in who have logged in. A session that ends leaves the page as it is, with the question
 * for the password above it.
 */
export function Gate({ children }: { children: ReactNode }) {
  const state = useStore(sessionStore);
  const failure = useProbe(state.is === 'unknown');
  const queries = useQueryClient();
  const user = state.is === 'open' ? state.session.username : undefined;

  useEffect(() => {
    if (state.is === 'none') {
      queries.clear();
    }
  }, [state.is, queries]);
  useEffect(() => {
    if (user !== undefined) {
      void queries.invalidateQueries();
    }
  }, [user, queries]);

  switch (state.is) {
    case 'unknown':
      return failure ? (
        <Bullseye className="serai-login">
          <ProblemAlert failure={failure} />
        </Bullseye>
      ) : (
        <Waiting what="the console" />
      );
    case 'none':
      return <LoginPage />;
    default:
      return (
        <>
          {children}
          {state.is === 'ended' && <SessionEnded user={state.session.username} />}
        </>
      );
  }
}

function LoginPage() {
  useTitle('Log in');
  return (
    <Bullseye className="serai-login">
      <main>
        <Card className="serai-login-card" isLarge>
          <CardHeader>
            <Title headingLevel="h1" size="2xl" className="serai-brand">
              <Mark /> Caravanserai
            </Title>
          </CardHeader>
          <CardBody>
            <LoginForm />
          </CardBody>
        </Card>
      </main>
    </Bullseye>
  );
}

function SessionEnded({ user }: { user: string }) {
  return (
    <Modal isOpen variant="small" aria-labelledby="ended">
      <ModalHeader
        labelId="ended"
        title="Your session has ended"
        description="The page stays as it is. Log in to go on."
      />
      <ModalBody>
        <LoginForm user={user} />
      </ModalBody>
      <ModalFooter>
        <Button variant="link" onClick={() => sessionStore.set({ is: 'none' })}>
          Leave the page
        </Button>
      </ModalFooter>
    </Modal>
  );
}

/** Asks for the session when the page begins, and, while the server is away, until it is back. */
function useProbe(isNew: boolean): unknown {
  const isReachable = useStore(reachableStore);
  const queries = useQueryClient();
  const [failure, setFailure] = useState<unknown>();

  useEffect(() => {
    if (isReachable && !isNew) {
      return undefined;
    }
    const probe = () =>
      findSession().then(
        () => {
          setFailure(undefined);
          void queries.invalidateQueries();
        },
        (problem: unknown) => setFailure(problem),
      );
    void probe();
    const timer = window.setInterval(() => void probe(), PROBE_MILLIS);
    return () => window.clearInterval(timer);
  }, [isReachable, isNew, queries]);

  return failure;
}
