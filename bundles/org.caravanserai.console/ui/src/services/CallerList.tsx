import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { call, path } from '../api/client';
import type { Callers } from '../api/types';
import { moment } from '../shared/format';
import { ProblemAlert } from '../shared/ProblemAlert';
import { Waiting } from '../shared/Waiting';

const REFRESH_MILLIS = 5_000;

/** Who has called a service lately, and which objects name it. */
export function CallerList({ service }: { service: string }) {
  const { data, error } = useQuery({
    queryKey: ['callers', service],
    queryFn: ({ signal }) => call<Callers>(path('services', service, 'callers'), { signal }),
    refetchInterval: REFRESH_MILLIS,
  });
  if (!data) {
    return error ? <ProblemAlert failure={error} /> : <Waiting what="the callers" />;
  }
  return (
    <>
      {error && <ProblemAlert failure={error} />}
      <h2>Objects that name it</h2>
      {data.objects.length === 0 && <p className="serai-note">No object names it.</p>}
      <ul aria-label="Objects that name it">
        {data.objects.map(({ kind, name }) => (
          <li key={`${kind}/${name}`} className="serai-text">
            <Link to={`/${path('objects', kind, name)}`}>
              {kind}/{name}
            </Link>
          </li>
        ))}
      </ul>
      <h2 className="serai-part">Callers lately</h2>
      {data.recent.length === 0 && (
        <p className="serai-note">Nobody has called it since the start of the server.</p>
      )}
      <ul aria-label="Callers lately">
        {data.recent.map(({ kind, name, time }) => (
          <li key={`${kind}/${name}`} className="serai-text">
            <Caller kind={kind} name={name} /> {moment(time)}
          </li>
        ))}
      </ul>
    </>
  );
}

function Caller({ kind, name }: { kind: string; name: string }) {
  if (kind.startsWith('invoke')) {
    return (
      <>
        service <Link to={`/${path('services', name)}`}>{name}</Link>
      </>
    );
  }
  if (kind.startsWith('channel_')) {
    return (
      <Link to={`/${path('objects', kind, name)}`}>
        {kind}/{name}
      </Link>
    );
  }
  return (
    <>
      {kind} {name}
    </>
  );
}
