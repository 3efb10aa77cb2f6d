import { EmptyState, EmptyStateBody } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Link } from 'react-router';
import { call, path, query } from '../api/client';
import { useRole } from '../api/roles';
import type { DeploymentInfo, Page } from '../api/types';
import { DeploymentState } from '../deployments/DeploymentList';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { Waiting } from '../shared/Waiting';
import { findDraft } from './drafts';
import { FileEditor } from './FileEditor';
import { fileName, readFile, type FileInfo } from './files';

const REFRESH_MILLIS = 5_000;
const DEPLOYMENT_MILLIS = 3_000;
const ABOVE = [{ to: '/ide', title: 'IDE' }];

/** A file, once the server has told its text. */
export function OpenFile({ file, user }: { file: string; user: string }) {
  const mayRead = useRole('developer');
  const [isOpen, setOpen] = useState(false);
  const { data: server, error } = useQuery({
    queryKey: ['file', file],
    queryFn: ({ signal }) => readFile(file, signal),
    enabled: mayRead,
    refetchInterval: REFRESH_MILLIS,
  });
  const info = useQuery({
    queryKey: ['files', 'one', file],
    queryFn: ({ signal }) => call<Page<FileInfo>>(`files${query({ path: file })}`, { signal }),
    refetchInterval: REFRESH_MILLIS,
  }).data?.items[0];
  const name = info?.deployment;
  const { data: deployment } = useQuery({
    queryKey: ['deployment', name ?? ''],
    queryFn: ({ signal }) => call<DeploymentInfo>(path('deployments', name ?? ''), { signal }),
    enabled: name !== undefined,
    refetchInterval: DEPLOYMENT_MILLIS,
  });

  if (!mayRead) {
    return (
      <>
        <PageHead
          title={fileName(file)}
          above={ABOVE}
          labels={deployment && <DeploymentState deployment={deployment} />}
        />
        <EmptyState titleText="The text needs the role developer" headingLevel="h2">
          <EmptyStateBody>
            A file may hold passwords.
            {name !== undefined && (
              <>
                {' '}
                What it serves is told by its deployment,{' '}
                <Link to={`/${path('deployments', name)}`}>{name}</Link>.
              </>
            )}
          </EmptyStateBody>
        </EmptyState>
      </>
    );
  }
  // A file that goes while it is open is told of in the editor, whose text stays.
  if (server && !isOpen && (server.etag !== null || findDraft(user, file))) {
    setOpen(true);
  }
  if (server && isOpen) {
    return (
      <FileEditor
        file={file}
        user={user}
        server={server}
        info={info}
        deployment={name === undefined ? undefined : deployment}
      />
    );
  }
  return (
    <>
      <PageHead title={fileName(file)} above={ABOVE} />
      {error && <ProblemAlert failure={error} />}
      {!server && !error && <Waiting what={file} />}
      {server && (
        <EmptyState titleText="There is no such file" headingLevel="h2">
          <EmptyStateBody className="serai-text">{file}</EmptyStateBody>
        </EmptyState>
      )}
    </>
  );
}
