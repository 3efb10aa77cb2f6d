import {
  Alert,
  Button,
  FormSelect,
  FormSelectOption,
  PageSection,
  Label,
  TextInput,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from '@patternfly/react-core';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { call, query } from '../api/client';
import { useEvents } from '../api/events';
import type { LogLevel, LogLine, Page } from '../api/types';
import { counted } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useAddress } from '../shared/useAddress';
import { useTyped } from '../shared/useTyped';
import { merged } from './lines';
import { Levels } from './Levels';
import { LogLines } from './LogLines';

const LEVELS: LogLevel[] = ['ERROR', 'WARN', 'INFO', 'DEBUG', 'TRACE'];
const FILTERS = [
  { name: 'service', label: 'Service' },
  { name: 'logger', label: 'Logger' },
  { name: 'cid', label: 'Correlation id' },
  { name: 'text', label: 'Text' },
];
const FETCHED = 500;
const FLUSH_MILLIS = 100;
const AT_END_PIXELS = 40;

/** The log as it is written. */
export function Logs() {
  const [address, change] = useAddress();
  const isPaused = address.get('paused') === '1';
  const filters = Object.fromEntries(
    ['level', ...FILTERS.map(({ name }) => name)].map((name) => [name, address.get(name) ?? '']),
  );
  const asked = query(filters);
  return (
    <>
      <PageHead title="Logs" />
      <PageSection isFilled className="serai-logs">
        <Toolbar>
          <ToolbarContent>
            <ToolbarItem>
              <FormSelect
                aria-label="Level at least"
                value={filters['level'] ?? ''}
                onChange={(_, value) => change({ level: value })}
              >
                <FormSelectOption value="" label="Any level" />
                {LEVELS.map((level) => (
                  <FormSelectOption key={level} value={level} label={`${level} or worse`} />
                ))}
              </FormSelect>
            </ToolbarItem>
            {FILTERS.map(({ name, label }) => (
              <ToolbarItem key={name}>
                <Typed
                  label={label}
                  value={filters[name] ?? ''}
                  onChange={(value) => change({ [name]: value.trim() })}
                />
              </ToolbarItem>
            ))}
            <ToolbarItem>
              <Button
                variant={isPaused ? 'primary' : 'secondary'}
                onClick={() => change({ paused: isPaused ? '' : '1' })}
              >
                {isPaused ? 'Go on' : 'Pause'}
              </Button>
            </ToolbarItem>
            {asked !== '' && (
              <ToolbarItem>
                <Button
                  variant="link"
                  onClick={() =>
                    change(Object.fromEntries(Object.keys(filters).map((name) => [name, ''])))
                  }
                >
                  Without filters
                </Button>
              </ToolbarItem>
            )}
          </ToolbarContent>
        </Toolbar>
        <div className="serai-levels">
          <Levels key={asked} logger={filters['service'] || filters['logger'] || ''} />
        </div>
        <Tail key={asked} filters={filters} isPaused={isPaused} />
      </PageSection>
    </>
  );
}

/** The lines that the server still has, and those that come. */
export function Tail({
  filters,
  isPaused,
}: {
  filters: Record<string, string>;
  isPaused: boolean;
}) {
  const [lines, setLines] = useState<LogLine[]>([]);
  const [isLive, setLive] = useState(false);
  const [lost, setLost] = useState(0);
  const [failure, setFailure] = useState<unknown>();
  const [isFetched, setFetched] = useState(false);
  const add = useBatches<LogLine>((batch) => setLines((known) => merged(known, batch)));
  const recent = `logs${query({ ...filters, limit: FETCHED })}`;

  const fetchRecent = useCallback(
    () =>
      call<Page<LogLine>>(recent).then(
        ({ items }) => {
          setFailure(undefined);
          setFetched(true);
          setLines((known) => merged(known, items));
        },
        (problem: unknown) => setFailure(problem),
      ),
    [recent],
  );
  useEffect(() => {
    void fetchRecent();
  }, [fetchRecent]);

  useEvents(query({ ...filters, types: 'log' }), !isPaused, {
    on: {
      log: (data) => add(data as LogLine),
      lost: (data) => setLost((before) => before + (data as { count: number }).count),
    },
    opened: () => {
      setLive(true);
      void fetchRecent();
    },
    closed: () => setLive(false),
  });

  return (
    <>
      <div className="serai-log-state" role="status">
        {isPaused ? (
          <Label status="info">paused</Label>
        ) : (
          <Label status={isLive ? 'success' : 'warning'}>{isLive ? 'live' : 'connecting'}</Label>
        )}{' '}
        {counted(lines.length, 'line')}
      </div>
      {failure !== undefined && <ProblemAlert failure={failure} />}
      {lost > 0 && (
        <Alert
          component="p"
          variant="warning"
          isInline
          isPlain
          title={`${counted(lost, 'line')} came faster than this page could take them. The log files have them.`}
        />
      )}
      <Scrolled isEmpty={isFetched && lines.length === 0} count={lines}>
        <LogLines lines={lines} label="Log" isLinked />
      </Scrolled>
    </>
  );
}

/** Stays at the end while its reader is there, and where the reader is otherwise. */
function Scrolled(props: { isEmpty: boolean; count: LogLine[]; children: React.ReactNode }) {
  const { isEmpty, count, children } = props;
  const box = useRef<HTMLDivElement>(null);
  const [isAtEnd, setAtEnd] = useState(true);
  const toEnd = () => box.current?.scrollTo({ top: box.current.scrollHeight });
  useLayoutEffect(() => {
    if (isAtEnd) {
      toEnd();
    }
  }, [count, isAtEnd]);
  return (
    <div className="serai-log-frame">
      <div
        ref={box}
        className="serai-log-box"
        tabIndex={0}
        role="region"
        aria-label="Log lines"
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) =>
          setAtEnd(scrollHeight - scrollTop - clientHeight < AT_END_PIXELS)
        }
      >
        {isEmpty ? <p className="serai-note">No line matches yet.</p> : children}
      </div>
      {!isAtEnd && (
        <Button className="serai-to-end" variant="primary" onClick={toEnd}>
          To the newest line
        </Button>
      )}
    </div>
  );
}

/** A filter that waits until the typing has stopped. */
function Typed(props: { label: string; value: string; onChange: (value: string) => void }) {
  const { label, value, onChange } = props;
  const [text, setText] = useTyped(value, onChange);
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      value={text}
      onChange={(_, next) => setText(next)}
    />
  );
}

/** Hands items on together: a page is not drawn for each of a thousand lines. */
function useBatches<T>(onBatch: (batch: T[]) => void): (item: T) => void {
  const waiting = useRef<T[]>([]);
  const timer = useRef<number>(undefined);
  const handler = useRef(onBatch);
  useEffect(() => {
    handler.current = onBatch;
  });
  useEffect(() => () => window.clearTimeout(timer.current), []);
  return useCallback((item: T) => {
    waiting.current.push(item);
    timer.current ??= window.setTimeout(() => {
      timer.current = undefined;
      handler.current(waiting.current.splice(0));
    }, FLUSH_MILLIS);
  }, []);
}
