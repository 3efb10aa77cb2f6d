import './ide.css';
import { EmptyState, EmptyStateBody } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { Navigate, useParams } from 'react-router';
import { call, path, query, sessionStore } from '../api/client';
import { useStore } from '../api/store';
import type { Page, ServiceInfo } from '../api/types';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useAddress } from '../shared/useAddress';
import { Waiting } from '../shared/Waiting';
import { addressOf, fileName, type FileInfo } from './files';
import { FileTree } from './FileTree';
import { OpenFile } from './OpenFile';

/** The files of the server, and an editor for them. */
export function Ide() {
  const { '*': file = '' } = useParams();
  const [address] = useAddress();
  const session = useStore(sessionStore);
  const user = 'session' in session ? session.session.username : '';
  const deployment = address.get('deployment') ?? '';
  const service = address.get('service') ?? '';
  return (
    <div className="serai-ide">
      <FileTree current={file} user={user} />
      <div className="serai-ide-main">
        {file !== '' ? (
          <OpenFile key={`${user} ${file}`} file={file} user={user} />
        ) : deployment !== '' || service !== '' ? (
          <Found deployment={deployment} service={service} />
        ) : (
          <>
            <PageHead title="IDE" />
            <EmptyState titleText="Open a file, or begin one" headingLevel="h2">
              <EmptyStateBody>
                What is saved here is compiled and deployed by that. If anything is wrong with it,
                nothing changes.
              </EmptyStateBody>
            </EmptyState>
          </>
        )}
      </div>
    </div>
  );
}

/** Leads to the file of a deployment or service. */
function Found({ deployment, service }: { deployment: string; service: string }) {
  const [address] = useAddress();
  const source = address.get('source') ?? '';
  const { data, error } = useQuery({
    queryKey: ['file of', deployment, service],
    queryFn: async ({ signal }) => {
      const name =
        deployment !== ''
          ? deployment
          : (await call<ServiceInfo>(path('services', service), { signal })).deployment;
      const found = await call<Page<FileInfo>>(`files${query({ deployment: name })}`, { signal });
      return found.items.filter(({ isEditable }) => isEditable);
    },
  });
  const found = data?.find(({ path }) => fileName(path) === source) ?? data?.[0];
  if (found) {
    return (
      <Navigate
        replace
        to={addressOf(found.path) + query({ line: address.get('line') ?? undefined })}
      />
    );
  }
  return (
    <>
      <PageHead title="IDE" />
      {error && <ProblemAlert failure={error} />}
      {!data && !error && <Waiting what="the file" />}
      {data && (
        <EmptyState titleText="It has no file here" headingLevel="h2">
          <EmptyStateBody>
            It came by the API, or is no text. Its source is in the history of its deployment.
          </EmptyStateBody>
        </EmptyState>
      )}
    </>
  );
}
