import {
  Alert,
  Button,
  Label,
  List,
  ListItem,
  PageSection,
  Spinner,
  Tab,
  Tabs,
  TabTitleText,
} from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { Problem } from '../api/client';
import { useMayChange, useReadOnly } from '../api/readOnly';
import type { DeploymentInfo, Diagnostic } from '../api/types';
import { Tail } from '../logs/Logs';
import { DeploymentState } from '../deployments/DeploymentList';
import { counted, duration, moment } from '../shared/format';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useAddress } from '../shared/useAddress';
import { Waiting } from '../shared/Waiting';
import { DeleteFile } from './DeleteFile';
import { dropDraft, findDraft, keepDraft } from './drafts';
import type { Editor } from './editor/CodeEditor';
import {
  checkFile,
  fileName,
  NO_FILE,
  readFile,
  saveFile,
  type FileInfo,
  type Saved,
  type ServerText,
} from './files';
import { History } from './History';
import { InvokePanel } from './InvokePanel';
import { RenameFile } from './RenameFile';

const CodeEditor = lazy(async () => ({
  default: (await import('./editor/CodeEditor')).CodeEditor,
}));
const Conflict = lazy(async () => ({ default: (await import('./Conflict')).Conflict }));

const CHECK_MILLIS = 400;
const ABOVE = [{ to: '/ide', title: 'IDE' }];

interface Props {
  file: string;
  user: string;
  /** The file as the server has it now. */
  server: ServerText;
  info: FileInfo | undefined;
  deployment: DeploymentInfo | undefined;
}

/** What was said about the text last. */
interface Told {
  words: string;
  status: 'success' | 'warning' | 'danger' | 'info';
}

/** An editor whose text is a draft until it is saved, and live by that. */
export function FileEditor({ file, user, server, info, deployment }: Props) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  const mayInvoke = useMayChange('operator');
  const { isReadOnly } = useReadOnly();
  const [address] = useAddress();
  const [restored, setRestored] = useState(() => {
    const draft = findDraft(user, file);
    return draft && draft.text !== server.text ? draft : undefined;
  });
  // What the text was made of. An old draft was made of a text that nobody has any more.
  const [base, setBase] = useState<ServerText>(() =>
    restored && restored.etag !== server.etag
      ? { text: '', etag: restored.etag, lineEnd: server.lineEnd }
      : server,
  );
  const [text, setText] = useState(restored?.text ?? server.text);
  const [seen, setSeen] = useState(base.etag);
  const [theirs, setTheirs] = useState<ServerText>();
  const [generation, setGeneration] = useState(0);
  const [isKept, setKept] = useState(true);
  const [found, setFound] = useState<Diagnostic[]>();
  const [told, setTold] = useState<Told>();
  const [dialog, setDialog] = useState<'rename' | 'delete'>();
  const [isMerging, setMerging] = useState(false);
  const editor = useRef<Editor>(null);
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  }, [text]);
  const isDirty = text !== base.text || base.etag === null;

  /** Goes on from a text of the server with a text of one's own. */
  const goOn = (from: ServerText, mine: string) => {
    setBase(from);
    setText(mine);
    setTheirs(undefined);
    setMerging(false);
    setFound(undefined);
    setTold(undefined);
    setRestored(undefined);
    setGeneration((before) => before + 1);
  };

  const save = useMutation({
    mutationFn: async ({ isForced, sent }: { isForced: boolean; sent: string }) => {
      await queries.cancelQueries({ queryKey: ['file', file] });
      const begin = performance.now();
      const saved = await saveFile(file, sent, base, isForced);
      return { saved, sent, millis: performance.now() - begin };
    },
    onSuccess: ({ saved, sent, millis }) => {
      const now = { text: sent, etag: saved.etag, lineEnd: base.lineEnd };
      setBase(now);
      setSeen(saved.etag);
      queries.setQueryData(['file', file], now);
      if (latest.current === sent) {
        dropDraft(user, file);
        setKept(true);
      } else {
        setKept(keepDraft(user, file, latest.current, saved.etag));
      }
      setRestored(undefined);
      setFound(saved.diagnostics);
      setTold({ words: wordsOf(saved, millis), status: saved.differs ? 'warning' : 'success' });
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'file' });
    },
    onError: async (failure, { sent }) => {
      setTold(undefined);
      if (failure instanceof Problem && failure.status === 422 && latest.current === sent) {
        setFound(failure.diagnostics);
        setTold({ words: refusal(info), status: 'danger' });
      } else if (failure instanceof Problem && failure.status === 412) {
        const now = await readFile(file);
        setSeen(now.etag);
        setTheirs(now);
        setMerging(true);
      }
    },
  });

  // What the server has is another than before: somebody else has saved.
  if (server.etag !== seen && !save.isPending) {
    setSeen(server.etag);
    if (server.etag === base.etag) {
      setTheirs(undefined);
      setMerging(false);
    } else if (text === base.text && server.etag !== null) {
      goOn(server, server.text);
      setTold({ words: 'Somebody has saved the file: this is its text now.', status: 'info' });
    } else {
      setTheirs(server);
    }
  }

  const changed = (next: string) => {
    // Ctrl+S may come before the page has been drawn with it.
    latest.current = next;
    setText(next);
    if (!save.isPending) {
      setTold(undefined);
      save.reset();
    }
    if (next === base.text && base.etag !== null) {
      dropDraft(user, file);
      setKept(true);
      setFound(undefined);
    } else {
      setKept(keepDraft(user, file, next, base.etag));
    }
  };

  const saveNow = () => {
    if (!theirs && !save.isPending) {
      save.mutate({ isForced: false, sent: latest.current });
    }
  };
  useSaveKey(saveNow);
  useStay(isDirty && !isKept);

  useCheck(file, text, isDirty && !theirs && !save.isPending && !told, setFound);

  const diagnostics = found ?? (isDirty ? [] : (info?.diagnostics ?? []));
  const affected = save.error instanceof Problem ? save.error.affected : [];
  const isKnownFailure =
    save.error instanceof Problem && (save.error.status === 422 || save.error.status === 412);
  const line = Number(address.get('line')) || undefined;

  const drop = () => {
    dropDraft(user, file);
    goOn(server, server.text);
    setSeen(server.etag);
    setKept(true);
  };

  return (
    <>
      <PageHead
        title={fileName(file)}
        above={ABOVE}
        labels={
          <>
            {deployment && <DeploymentState deployment={deployment} />}
            {info?.revision !== undefined && (
              <Label variant="outline">revision {info.revision}</Label>
            )}
            {isDirty && (
              <Label status="info">{base.etag === null ? 'not saved yet' : 'draft'}</Label>
            )}
          </>
        }
        actions={
          <>
            <Button
              onClick={saveNow}
              isLoading={save.isPending}
              isDisabled={save.isPending || theirs !== undefined || isReadOnly}
            >
              Save <kbd>Ctrl S</kbd>
            </Button>{' '}
            {base.etag !== null && !isReadOnly && (
              <>
                <Button
                  variant="secondary"
                  isDisabled={isDirty}
                  onClick={() => setDialog('rename')}
                >
                  Rename
                </Button>{' '}
                <Button variant="danger" onClick={() => setDialog('delete')}>
                  Delete
                </Button>
              </>
            )}
          </>
        }
      />
      <PageSection>
        {restored && (
          <Alert
            component="p"
            variant="info"
            isInline
            title={`Your draft of ${moment(restored.at)} was restored`}
            actionLinks={
              base.etag !== null && (
                <Button variant="link" isInline onClick={drop}>
                  Throw it away
                </Button>
              )
            }
          />
        )}
        {!isKept && isDirty && (
          <Alert
            component="p"
            variant="warning"
            isInline
            title="This browser has no room for the draft: save before you leave"
          />
        )}
        {theirs && !isMerging && (
          <Alert
            component="p"
            variant="warning"
            isInline
            title={
              theirs.etag === null
                ? 'The file has been deleted while you were editing'
                : 'Somebody else has saved the file while you were editing'
            }
            actionLinks={
              <Button variant="link" isInline onClick={() => setMerging(true)}>
                Compare and choose
              </Button>
            }
          >
            Your text is kept as a draft. Nothing of either is lost.
          </Alert>
        )}
        {theirs && isMerging ? (
          <Suspense fallback={<Waiting what="the difference" />}>
            <Conflict
              key={theirs.etag}
              file={file}
              mine={text}
              theirs={theirs}
              onMine={(merged) => {
                setKept(keepDraft(user, file, merged, theirs.etag));
                goOn(theirs.etag === null ? NO_FILE : theirs, merged);
              }}
              onTheirs={() => {
                dropDraft(user, file);
                if (theirs.etag === null) {
                  void navigate('/ide');
                  return;
                }
                goOn(theirs, theirs.text);
              }}
            />
          </Suspense>
        ) : (
          <Suspense fallback={<Waiting what="the editor" />}>
            <CodeEditor
              key={generation}
              ref={editor}
              file={file}
              text={text}
              line={line}
              diagnostics={diagnostics}
              onChange={changed}
            />
          </Suspense>
        )}
        <div className="serai-ide-told" role="status">
          {save.isPending ? (
            <>
              <Spinner size="md" aria-label="Saving" /> Saving
            </>
          ) : (
            told && <Label status={told.status}>{told.words}</Label>
          )}
          {!told && !save.isPending && isDirty && <Checked diagnostics={found} />}
        </div>
        {save.error && !isKnownFailure && affected.length === 0 && (
          <ProblemAlert failure={save.error} />
        )}
        {affected.length > 0 && (
          <Alert
            component="p"
            variant="warning"
            isInline
            title="Other bundles would be restarted"
            actionLinks={
              <Button
                variant="danger"
                size="sm"
                onClick={() => save.mutate({ isForced: true, sent: latest.current })}
              >
                Save and restart them
              </Button>
            }
          >
            <List>
              {affected.map((each, index) => (
                <ListItem key={index}>
                  {each.name} {each.version}
                </ListItem>
              ))}
            </List>
          </Alert>
        )}
        <Problems
          diagnostics={diagnostics}
          onGo={({ line: at, column }) => editor.current?.goTo(at, column)}
        />
      </PageSection>
      {deployment && (
        <PageSection>
          <Parts
            parts={{
              ...(mayInvoke && deployment.services.length > 0
                ? { invoke: <InvokePanel services={deployment.services} /> }
                : {}),
              log: <ServiceLog services={deployment.services} />,
              history: (
                <History
                  file={file}
                  deployment={deployment}
                  text={text}
                  onTake={(old) => editor.current?.replace(old)}
                />
              ),
            }}
          />
        </PageSection>
      )}
      {dialog === 'rename' && base.etag !== null && (
        <RenameFile file={file} etag={base.etag} onClose={() => setDialog(undefined)} />
      )}
      {dialog === 'delete' && base.etag !== null && (
        <DeleteFile
          user={user}
          file={file}
          etag={base.etag}
          services={deployment?.services ?? []}
          onClose={() => setDialog(undefined)}
        />
      )}
    </>
  );
}

const TITLES: Record<string, string> = { invoke: 'Invoke', log: 'Log', history: 'History' };

/** What belongs to the file, below its text. */
function Parts({ parts }: { parts: Record<string, ReactNode> }) {
  const [address, change] = useAddress();
  const asked = address.get('part') ?? '';
  const chosen = asked in parts ? asked : (Object.keys(parts)[0] ?? '');
  return (
    <Tabs
      aria-label="Beside the text"
      activeKey={chosen}
      mountOnEnter
      onSelect={(_, key) => change({ part: String(key) })}
    >
      {Object.entries(parts).map(([key, part]) => (
        <Tab key={key} eventKey={key} title={<TabTitleText>{TITLES[key]}</TabTitleText>}>
          <div className="serai-part">{part}</div>
        </Tab>
      ))}
    </Tabs>
  );
}

/** The log of the services, as it is written. */
function ServiceLog({ services }: { services: string[] }) {
  return services.length === 0 ? (
    <p className="serai-note">It has no service.</p>
  ) : (
    <div className="serai-ide-log">
      <Tail filters={{ service: services.join(',') }} isPaused={false} />
    </div>
  );
}

function Checked({ diagnostics }: { diagnostics: Diagnostic[] | undefined }) {
  if (diagnostics === undefined) {
    return <span className="serai-note">Not saved yet.</span>;
  }
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return errors === 0 ? (
    <span className="serai-note">Nothing is wrong with it; not saved yet.</span>
  ) : (
    <span className="serai-note">{counted(errors, 'error')}; a save would be refused.</span>
  );
}

/** What is wrong, each leading to its place. */
function Problems(props: { diagnostics: Diagnostic[]; onGo: (diagnostic: Diagnostic) => void }) {
  const { diagnostics, onGo } = props;
  if (diagnostics.length === 0) {
    return null;
  }
  return (
    <ul className="serai-problems" aria-label="Problems">
      {diagnostics.map((each, index) => (
        <li key={index}>
          <Label isCompact status={each.severity === 'error' ? 'danger' : 'warning'}>
            {each.severity}
          </Label>{' '}
          {each.line > 0 && (
            <>
              <Button variant="link" isInline onClick={() => onGo(each)}>
                line {each.line}
              </Button>{' '}
            </>
          )}
          <span className="serai-text">{each.message}</span>
        </li>
      ))}
    </ul>
  );
}

/** Ctrl+S wherever the focus is: a browser would save the page. */
function useSaveKey(onSave: () => void): void {
  const save = useEffectEvent(onSave);
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 's') {
        event.preventDefault();
        save();
      }
    };
    window.addEventListener('keydown', pressed);
    return () => window.removeEventListener('keydown', pressed);
  }, []);
}

/** Has the browser ask before the page is left. */
function useStay(isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted) {
      return undefined;
    }
    const leaving = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', leaving);
    return () => window.removeEventListener('beforeunload', leaving);
  }, [isWanted]);
}

/** Asks what is wrong with a text when the typing has stopped. */
function useCheck(
  file: string,
  text: string,
  isWanted: boolean,
  onFound: (diagnostics: Diagnostic[]) => void,
): void {
  const told = useEffectEvent(onFound);
  useEffect(() => {
    if (!isWanted) {
      return undefined;
    }
    const ended = new AbortController();
    const timer = window.setTimeout(() => {
      checkFile(file, text, ended.signal).then(
        ({ diagnostics }) => told(diagnostics),
        (failure: unknown) => {
          if (failure instanceof Problem && failure.status === 422) {
            told(failure.diagnostics);
          }
        },
      );
    }, CHECK_MILLIS);
    return () => {
      window.clearTimeout(timer);
      ended.abort();
    };
  }, [file, text, isWanted]);
}

function wordsOf({ status, revision, differs }: Saved, millis: number): string {
  const after = `after ${duration(millis)}`;
  if (differs) {
    return `Revision ${revision} is live, but the file could not be written.`;
  }
  switch (status) {
    case 'live':
      return `Revision ${revision} is live, ${after}.`;
    case 'unchanged':
      return `Nothing was to be changed: revision ${revision} serves.`;
    case 'applied':
      return `The configuration is applied, ${after}.`;
    default:
      return `Saved, ${after}. Nothing is deployed of this file.`;
  }
}

function refusal(info: FileInfo | undefined): string {
  return info?.revision === undefined
    ? 'Refused. Nothing has changed.'
    : `Refused. Nothing has changed: revision ${info.revision} serves.`;
}
