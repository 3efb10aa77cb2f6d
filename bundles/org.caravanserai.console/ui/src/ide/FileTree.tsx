import { Button, Label, SearchInput } from '@patternfly/react-core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { call, query } from '../api/client';
import { useMayChange } from '../api/readOnly';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useAddress } from '../shared/useAddress';
import { useTyped } from '../shared/useTyped';
import { Waiting } from '../shared/Waiting';
import { useDrafts } from './drafts';
import { addressOf, fileName, type FileInfo, type FilePage } from './files';
import { NewFile } from './NewFile';

const MOST = 500;
const REFRESH_MILLIS = 5_000;

/** A file of the tree; one that only is a draft has no more than its path. */
type Leaf = Partial<FileInfo> & { path: string };

interface Branch {
  branches: Map<string, Branch>;
  files: Leaf[];
}

/** The files in the watched folders. */
export function FileTree({ current, user }: { current: string; user: string }) {
  const [address, change] = useAddress();
  const [isNew, setNew] = useState(false);
  const mayEdit = useMayChange('developer');
  const drafts = useDrafts(user);
  const q = address.get('q') ?? '';
  const [text, setText] = useTyped(q, (typed) => change({ q: typed }));
  const { data, error } = useQuery({
    queryKey: ['files', q],
    queryFn: ({ signal }) =>
      call<FilePage>(`files${query({ q, sort: 'path', limit: MOST })}`, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MILLIS,
  });
  const known = new Set(data?.items.map(({ path }) => path));
  const unsaved = drafts
    .filter((path) => !known.has(path) && path.toLowerCase().includes(q.toLowerCase()))
    .map((path) => ({ path }));
  const leaves: Leaf[] = [...(data?.items ?? []), ...unsaved];

  return (
    <nav className="serai-tree" aria-label="Files">
      <SearchInput
        aria-label="Search files"
        placeholder="Files"
        value={text}
        onChange={(_, typed) => setText(typed)}
        onClear={() => setText('')}
      />
      {mayEdit && (
        <Button variant="secondary" size="sm" onClick={() => setNew(true)} isDisabled={!data}>
          New file
        </Button>
      )}
      {error && <ProblemAlert failure={error} />}
      {!data && !error && <Waiting what="files" />}
      {data && leaves.length === 0 && (
        <p className="serai-note">
          {q === '' ? 'The watched folders are empty.' : 'No file has this in its path.'}
        </p>
      )}
      <Shown branch={grown(leaves)} current={current} drafts={new Set(drafts)} search={q} />
      {data && data.total > data.items.length && (
        <p className="serai-note">
          {data.items.length} of {data.total} files; search for the others.
        </p>
      )}
      {isNew && data && (
        <NewFile
          user={user}
          folders={data.folders}
          current={current}
          onClose={() => setNew(false)}
        />
      )}
    </nav>
  );
}

interface ShownProps {
  branch: Branch;
  current: string;
  drafts: Set<string>;
  search: string;
}

function Shown({ branch, current, drafts, search }: ShownProps) {
  return (
    <ul>
      {[...branch.branches].map(([name, each]) => (
        <li key={name}>
          <details open>
            <summary>{name}</summary>
            <Shown branch={each} current={current} drafts={drafts} search={search} />
          </details>
        </li>
      ))}
      {branch.files.map((file) => (
        <li key={file.path} className="serai-text">
          {file.isEditable === false ? (
            <span className="serai-note">{fileName(file.path)}</span>
          ) : (
            <Link
              to={addressOf(file.path) + query({ q: search })}
              aria-current={file.path === current ? 'page' : undefined}
            >
              {fileName(file.path)}
            </Link>
          )}{' '}
          <Marks file={file} hasDraft={drafts.has(file.path)} />
        </li>
      ))}
    </ul>
  );
}

/** What deserves a look at a file. */
function Marks({ file, hasDraft }: { file: Leaf; hasDraft: boolean }) {
  const isRefused = file.state === 'rejected' || (file.differs && file.diagnostics?.length);
  return (
    <>
      {hasDraft && (
        <Label isCompact status="info">
          {file.etag === undefined ? 'not saved' : 'draft'}
        </Label>
      )}
      {isRefused ? (
        <Label isCompact status="danger">
          refused
        </Label>
      ) : (
        file.differs && (
          <Label isCompact status="warning">
            differs
          </Label>
        )
      )}
      {(file.state === 'failed' || file.state === 'stopped') && (
        <Label isCompact status="danger">
          {file.state}
        </Label>
      )}
    </>
  );
}

function grown(leaves: Leaf[]): Branch {
  const root: Branch = { branches: new Map(), files: [] };
  for (const leaf of leaves) {
    let branch = root;
    for (const part of leaf.path.split('/').slice(0, -1)) {
      let next = branch.branches.get(part);
      if (!next) {
        next = { branches: new Map(), files: [] };
        branch.branches.set(part, next);
      }
      branch = next;
    }
    branch.files.push(leaf);
  }
  return root;
}
