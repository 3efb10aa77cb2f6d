import { Alert, Button, List, ListItem, TextArea } from '@patternfly/react-core';
import { useRef } from 'react';
import { Problem } from '../api/client';

interface Props {
  id: string;
  label: string;
  value: string;
  rows?: number;
  onChange: (text: string) => void;
  /** Why it was refused; what is wrong leads to its line. */
  failure?: unknown;
}

/** A text that the server reads, with what is wrong in which line. */
export function DocumentArea({ id, label, value, rows = 24, onChange, failure }: Props) {
  const area = useRef<HTMLTextAreaElement>(null);
  const diagnostics = failure instanceof Problem ? failure.diagnostics : [];
  const select = (line: number) => {
    const element = area.current;
    if (element === null) {
      return;
    }
    const all = value.split('\n');
    const begin = all.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    element.focus();
    element.setSelectionRange(begin, begin + (all[line - 1]?.length ?? 0));
    element.scrollTop = (element.scrollHeight / all.length) * Math.max(0, line - 4);
  };
  return (
    <>
      {diagnostics.length > 0 && (
        <Alert component="p" variant="danger" isInline title="It was refused; nothing has changed">
          <List isPlain>
            {diagnostics.map(({ line, column, message }, index) => (
              <ListItem key={index}>
                {line > 0 ? (
                  <Button variant="link" isInline onClick={() => select(line)}>
                    line {line}, column {column}
                  </Button>
                ) : null}{' '}
                <span className="serai-text">{message}</span>
              </ListItem>
            ))}
          </List>
        </Alert>
      )}
      <TextArea
        ref={area}
        id={id}
        aria-label={label}
        className="serai-code"
        rows={rows}
        resizeOrientation="vertical"
        spellCheck={false}
        value={value}
        validated={diagnostics.length > 0 ? 'error' : 'default'}
        onChange={(_, text) => onChange(text)}
      />
    </>
  );
}
