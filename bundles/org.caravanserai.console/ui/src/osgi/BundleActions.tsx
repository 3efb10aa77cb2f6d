import {
  ActionList,
  ActionListItem,
  Alert,
  Button,
  FormGroup,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
} from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { call, path, query } from '../api/client';
import { useNotices } from '../frame/Notices';
import { ProblemAlert } from '../shared/ProblemAlert';
import { Affected } from './Affected';
import type { BundleDetails } from './types';

interface Asked {
  action: string;
  /** What it means, for who is asked. */
  means: string;
  isForced: boolean;
}

const MEANING: Record<string, string> = {
  start: 'Its services serve as soon as it is active.',
  stop: 'It stops after the last call of its services; later calls are refused with 503.',
  restart: 'It stops after the last call of its services, and starts again; calls wait.',
  refresh: 'It is wired anew, and those wired to it; calls of their services wait.',
  uninstall: 'It is taken away after the last call of its services.',
};

/** What an administrator does with a bundle; each act asks first. */
export function BundleActions({ details }: { details: BundleDetails }) {
  const [asked, setAsked] = useState<Asked>();
  const { bundle, affected } = details;
  const isActive = bundle.state === 'active';
  const actions = [
    ...(bundle.isFragment ? [] : isActive ? ['stop', 'restart'] : ['start']),
    'refresh',
    ...(bundle.deployment === undefined ? ['uninstall'] : []),
  ];
  const ask = (action: string) =>
    setAsked({
      action,
      means: MEANING[action] ?? '',
      isForced: (action === 'refresh' || action === 'uninstall') && affected.length > 0,
    });
  return (
    <>
      <ActionList>
        {actions.map((action) => (
          <ActionListItem key={action}>
            <Button
              variant={action === 'uninstall' ? 'danger' : 'secondary'}
              onClick={() => ask(action)}
            >
              {word(action)}
            </Button>
          </ActionListItem>
        ))}
      </ActionList>
      {asked && <Ask asked={asked} details={details} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function word(action: string): string {
  return action.charAt(0).toUpperCase() + action.slice(1);
}

function Ask(props: { asked: Asked; details: BundleDetails; onClose: () => void }) {
  const { asked, details, onClose } = props;
  const { bundle, affected } = details;
  const { action, isForced } = asked;
  const isDelete = action === 'uninstall';
  const [typed, setTyped] = useState('');
  const queries = useQueryClient();
  const notify = useNotices();
  const navigate = useNavigate();
  const act = useMutation({
    mutationFn: () => {
      const force = query({ force: isForced ? true : undefined });
      return isDelete
        ? call(path('bundles', bundle.id) + force, { method: 'DELETE' })
        : call(path('bundles', bundle.id, action) + force, { method: 'POST' });
    },
    onSuccess: () => {
      notify('success', `${word(action)} of ${bundle.name}: done.`);
      onClose();
      if (isDelete) {
        void navigate('/bundles');
      }
      void queries.invalidateQueries();
    },
  });
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="act" aria-describedby="what">
      <ModalHeader labelId="act" title={`${word(action)} ${bundle.name}?`} />
      <ModalBody id="what">
        <p>{asked.means}</p>
        {isForced && (
          <Alert
            component="p"
            variant="warning"
            isInline
            title={isDelete ? 'Others are wired to it and lose it' : 'These are restarted with it'}
          >
            <Affected affected={affected} />
          </Alert>
        )}
        {isDelete && (
          <FormGroup label={`Type ${bundle.name} to uninstall it`} fieldId="typed">
            <TextInput id="typed" value={typed} onChange={(_, next) => setTyped(next)} />
          </FormGroup>
        )}
        {act.error && <ProblemAlert failure={act.error} />}
      </ModalBody>
      <ModalFooter>
        <Button
          variant={isDelete || isForced ? 'danger' : 'primary'}
          isLoading={act.isPending}
          isDisabled={act.isPending || (isDelete && typed !== bundle.name)}
          onClick={() => act.mutate()}
        >
          {word(action)}
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
