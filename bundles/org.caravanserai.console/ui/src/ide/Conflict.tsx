import { Alert, Button } from '@patternfly/react-core';
import { useState } from 'react';
import { Difference } from './editor/Difference';
import type { ServerText } from './files';

interface Props {
  file: string;
  mine: string;
  theirs: ServerText;
  onMine: (text: string) => void;
  onTheirs: () => void;
}

/** Two have changed a file: what the server has, and one's own text to merge it into. */
export function Conflict({ file, mine, theirs, onMine, onTheirs }: Props) {
  const [merged, setMerged] = useState(mine);
  return (
    <>
      <Alert
        component="p"
        variant="warning"
        isInline
        title={
          theirs.etag === null
            ? 'The file has been deleted meanwhile'
            : 'The file has been saved by somebody else meanwhile'
        }
        actionLinks={
          <>
            <Button variant="secondary" size="sm" onClick={() => onMine(merged)}>
              {merged === mine ? 'Keep mine' : 'Keep what is merged'}
            </Button>
            <Button variant="secondary" size="sm" onClick={onTheirs}>
              {theirs.etag === null ? 'Throw mine away' : 'Take theirs'}
            </Button>
          </>
        }
      >
        Nothing is saved by this: you see it in the editor first. The right side can be edited; an
        arrow takes a part of the left one over.
      </Alert>
      <Difference
        file={file}
        left={{ label: 'Theirs, on the server', text: theirs.text }}
        right={{ label: 'Mine', text: mine }}
        onChange={setMerged}
      />
    </>
  );
}
