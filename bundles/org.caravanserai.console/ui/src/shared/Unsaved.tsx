import { Button, Modal, ModalBody, ModalFooter, ModalHeader } from '@patternfly/react-core';
import { useEffect } from 'react';
import { useBlocker } from 'react-router';

/** Asks before a page is left whose changes would be lost. */
export function Unsaved({ isDirty }: { isDirty: () => boolean }) {
  const blocker = useBlocker(isDirty);
  useEffect(() => {
    const leaving = (event: BeforeUnloadEvent) => {
      if (isDirty()) {
        event.preventDefault();
      }
    };
    window.addEventListener('beforeunload', leaving);
    return () => window.removeEventListener('beforeunload', leaving);
  }, [isDirty]);
  if (blocker.state !== 'blocked') {
    return null;
  }
  return (
    <Modal isOpen variant="small" onClose={() => blocker.reset()} aria-labelledby="unsaved">
      <ModalHeader labelId="unsaved" title="Leave without saving?" titleIconVariant="warning" />
      <ModalBody>What you have changed here is not saved.</ModalBody>
      <ModalFooter>
        <Button variant="danger" onClick={() => blocker.proceed()}>
          Leave
        </Button>
        <Button variant="link" onClick={() => blocker.reset()}>
          Stay
        </Button>
      </ModalFooter>
    </Modal>
  );
}
