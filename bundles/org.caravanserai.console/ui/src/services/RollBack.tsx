import {
  Alert,
  Button,
  List,
  ListItem,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
} from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { path, post, Problem } from '../api/client';
import type { DeploymentInfo } from '../api/types';
import { useNotices } from '../frame/Notices';
import { ProblemAlert } from '../shared/ProblemAlert';

interface Props {
  deployment: DeploymentInfo;
  revision: number;
  onClose: () => void;
}

/** Asks before a deployment gets an old source back, and does it. */
export function RollBack({ deployment, revision, onClose }: Props) {
  const queries = useQueryClient();
  const notify = useNotices();
  const { name, services } = deployment;
  const rollBack = useMutation({
    mutationFn: (isForced: boolean) =>
      post<DeploymentInfo>(
        `${path('deployments', name, 'rollback')}${isForced ? '?force=true' : ''}`,
        { revision },
      ),
    onSuccess: (answer) => {
      notify(
        'success',
        `${name} has the source of revision ${revision}, as revision ${answer.revision}.`,
      );
      void queries.invalidateQueries();
      onClose();
    },
  });
  const affected = rollBack.error instanceof Problem ? rollBack.error.affected : [];

  return (
    <Modal
      isOpen
      variant="small"
      onClose={onClose}
      aria-labelledby="roll-back"
      aria-describedby="what"
    >
      <ModalHeader labelId="roll-back" title={`Roll ${name} back to revision ${revision}?`} />
      <ModalBody id="what">
        <p>
          The source of revision {revision} goes live as a new revision. No call is lost; the
          present revision {deployment.revision} is kept.
        </p>
        {deployment.origin && (
          <p>
            <code className="serai-text">{deployment.origin}</code> is written.
          </p>
        )}
        {services.length > 1 && (
          <>
            <p>It holds {services.length} services:</p>
            <List>
              {services.map((each) => (
                <ListItem key={each}>{each}</ListItem>
              ))}
            </List>
          </>
        )}
        {rollBack.error && affected.length === 0 && <ProblemAlert failure={rollBack.error} />}
        {affected.length > 0 && (
          <Alert component="p" variant="warning" isInline title="Other bundles would be restarted">
            <List>
              {affected.map((each, index) => (
                <ListItem key={index}>
                  {each.name} {each.version}
                </ListItem>
              ))}
            </List>
          </Alert>
        )}
      </ModalBody>
      <ModalFooter>
        <Button
          variant={affected.length > 0 ? 'danger' : 'primary'}
          isLoading={rollBack.isPending}
          isDisabled={rollBack.isPending}
          onClick={() => rollBack.mutate(affected.length > 0)}
        >
          {affected.length > 0 ? 'Roll back and restart them' : 'Roll back'}
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}
