import {
  Button,
  FormHelperText,
  HelperText,
  HelperTextItem,
  InputGroup,
  InputGroupItem,
  PageSection,
  TextInput,
} from '@patternfly/react-core';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { duration } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { complete, completed, interrupt, run, type Completion, type Ended } from './lines';

const KEPT = 100;
const SHOWN = 200_000;

interface Entry {
  name: string;
  line: string;
  begun: number;
  millis?: number;
  ended?: Ended;
  failure?: string;
}

/** The shell of the server: lines, what they print, and how they end. */
export function Shell() {
  const [entries, setEntries] = useState<Entry[]>([]);
  const [line, setLine] = useState('');
  const [back, setBack] = useState(0);
  const [offered, setOffered] = useState<Completion['items']>([]);
  const input = useRef<HTMLInputElement>(null);
  const end = useRef<HTMLDivElement>(null);
  const running = entries.find(({ millis }) => millis === undefined);
  const typed = entries.map((each) => each.line).filter((each, at, all) => each !== all[at - 1]);

  useEffect(() => {
    end.current?.scrollIntoView?.({ block: 'end' });
  }, [entries, offered]);
  useEffect(() => {
    if (!running) {
      input.current?.focus();
    }
  }, [running]);

  const execute = async () => {
    const text = line.trim();
    if (text === '' || running) {
      return;
    }
    const entry: Entry = { name: crypto.randomUUID(), line: text, begun: performance.now() };
    const put = (next: Entry) =>
      setEntries((all) => all.map((each) => (each.name === next.name ? next : each)));
    setEntries((all) => [...all.slice(1 - KEPT), entry]);
    setLine('');
    setBack(0);
    setOffered([]);
    try {
      const ended = await run(text, entry.name);
      put({ ...entry, ended, millis: performance.now() - entry.begun });
    } catch (failure) {
      const said = failure instanceof Error ? failure.message : String(failure);
      put({ ...entry, failure: said, millis: performance.now() - entry.begun });
    }
  };

  const offer = async () => {
    const found = await complete(line).catch(() => undefined);
    // Not if there has been typing since.
    if (found && input.current?.value === line) {
      const next = completed(line, found);
      setOffered(found.items.length > 1 ? found.items : []);
      setLine(next);
    }
  };

  const recall = (steps: number) => {
    const next = Math.min(typed.length, Math.max(0, back + steps));
    setBack(next);
    setLine(next === 0 ? '' : (typed[typed.length - next] ?? ''));
  };

  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Tab' && !event.shiftKey && line !== '') {
      event.preventDefault();
      void offer();
    } else if (event.key === 'ArrowUp') {
      event.preventDefault();
      recall(1);
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      recall(-1);
    } else if (event.key === 'Escape') {
      setOffered([]);
    }
  };

  return (
    <>
      <PageHead title="Shell">
        The commands that your roles allow; each line is in the audit.
      </PageHead>
      <PageSection isFilled className="serai-shell">
        <div
          className="serai-shell-box"
          role="log"
          aria-label="What was run"
          // What is long must be reachable by the keyboard.
          tabIndex={0}
        >
          {entries.map((entry) => (
            <Line key={entry.name} entry={entry} />
          ))}
          <div ref={end} />
        </div>
        {offered.length > 0 && (
          <ul className="serai-shell-offers" aria-label="Possible words">
            {offered.map(({ text, description }) => (
              <li key={text}>
                <code>{text}</code> {description}
              </li>
            ))}
          </ul>
        )}
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void execute();
          }}
        >
          <InputGroup>
            <InputGroupItem isFill>
              <TextInput
                ref={input}
                aria-label="Line"
                className="serai-code"
                value={line}
                autoComplete="off"
                spellCheck={false}
                onChange={(_, next) => {
                  setLine(next);
                  setOffered([]);
                }}
                onKeyDown={pressed}
              />
            </InputGroupItem>
            <InputGroupItem>
              {running ? (
                <Button
                  variant="control"
                  onClick={() => void interrupt(running.name).catch(() => undefined)}
                >
                  Interrupt
                </Button>
              ) : (
                <Button type="submit" variant="control" isDisabled={line.trim() === ''}>
                  Run
                </Button>
              )}
            </InputGroupItem>
          </InputGroup>
          <FormHelperText>
            <HelperText>
              <HelperTextItem>
                Tab completes, the arrows up and down recall lines. help lists the commands.
              </HelperTextItem>
            </HelperText>
          </FormHelperText>
        </form>
      </PageSection>
    </>
  );
}

function Line({ entry }: { entry: Entry }) {
  const { line, ended, failure, millis } = entry;
  const output = ended?.output ?? '';
  return (
    <section>
      <p className="serai-shell-line">
        <b>&gt; {line}</b>{' '}
        <span className="serai-note">
          {millis === undefined
            ? 'runs'
            : `${ended ? `status ${ended.status}, ` : ''}${duration(millis)}`}
        </span>
      </p>
      {output !== '' && (
        <pre>
          {output.length > SHOWN
            ? `${output.slice(0, SHOWN)}\n… ${output.length - SHOWN} characters more`
            : output}
        </pre>
      )}
      {(ended?.errors || failure) && (
        <pre className="serai-shell-error">{ended?.errors ?? failure}</pre>
      )}
    </section>
  );
}
