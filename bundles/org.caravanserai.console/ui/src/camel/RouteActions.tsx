import { Button, Flex, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, path } from '../api/client';
import { useNotices } from '../frame/Notices';
import { ProblemAlert } from '../shared/ProblemAlert';
import type { RouteInfo } from './types';

type Action = 'start' | 'stop' | 'suspend' | 'resume';

const TITLES: Record<Action, string> = {
  start: 'Start',
  stop: 'Stop',
  suspend: 'Suspend',
  resume: 'Resume',
};

const MEANINGS: Partial<Record<Action, string>> = {
  stop: 'It takes no more messages and gives back what it holds, such as connections. Messages on their way go on to the end.',
  suspend:
    'It takes no more messages and keeps what it holds, so that it is back at once when it is resumed. Messages on their way go on to the end.',
};

/** Lets a route take messages, or no more. */
export function RouteActions({ route }: { route: RouteInfo }) {
  const [asked, setAsked] = useState<Action>();
  const run = useRun(route.id, () => setAsked(undefined));
  const { state } = route;
  const actions: Action[] =
    state === 'started'
      ? ['suspend', 'stop']
      : state === 'suspended'
        ? ['resume', 'stop']
        : ['start'];
  return (
    <>
      <Flex gap={{ default: 'gapSm' }}>
        {actions.map((action) => (
          <Button
            key={action}
            variant="secondary"
            isDisabled={run.isPending}
            onClick={() => (MEANINGS[action] ? setAsked(action) : run.mutate(action))}
          >
            {TITLES[action]}
          </Button>
        ))}
      </Flex>
      {run.error && asked === undefined && <ProblemAlert failure={run.error} />}
      {asked && (
        <Modal
          isOpen
          variant="small"
          onClose={() => setAsked(undefined)}
          aria-labelledby="route-action"
          aria-describedby="route-meaning"
        >
          <ModalHeader labelId="route-action" title={`${TITLES[asked]} ${route.id}?`} />
          <ModalBody id="route-meaning">
            <p>{MEANINGS[asked]}</p>
            <p className="serai-lead">{effect(route)}</p>
            <p className="serai-lead">
              It stays so until somebody starts it
              {route.deployment
                ? ', its file has a new revision'
                : ', its channel is taken away'}{' '}
              or the server starts anew.
            </p>
            {run.error && <ProblemAlert failure={run.error} />}
          </ModalBody>
          <ModalFooter>
            <Button
              variant="primary"
              isLoading={run.isPending}
              isDisabled={run.isPending}
              onClick={() => run.mutate(asked)}
            >
              {TITLES[asked]}
            </Button>
            <Button variant="link" onClick={() => setAsked(undefined)}>
              Cancel
            </Button>
          </ModalFooter>
        </Modal>
      )}
    </>
  );
}

function effect({ from, channel }: RouteInfo): string {
  if (channel?.startsWith('channel_') || /^(service|platform-http|rest)/.test(from)) {
    return 'Who calls it meanwhile gets the status 503.';
  }
  return /^(direct|seda)/.test(from)
    ? 'Routes that send to it meanwhile fail, or wait.'
    : 'What comes meanwhile waits where it is, such as in a folder or queue; times of a timer pass by.';
}

function useRun(id: string, onDone: () => void) {
  const queries = useQueryClient();
  const notify = useNotices();
  return useMutation({
    mutationFn: (action: Action) => call<RouteInfo>(path('routes', id, action), { method: 'POST' }),
    onSuccess: (answer) => {
      notify('success', `${id} is ${answer.state}.`);
      void queries.invalidateQueries();
      onDone();
    },
  });
}
