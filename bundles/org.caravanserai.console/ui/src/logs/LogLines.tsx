import { Fragment, memo } from 'react';
import { Link, useSearchParams } from 'react-router';
import { query } from '../api/client';
import type { LogLine } from '../api/types';
import { clock } from '../shared/format';
import { framesOf, keyOf } from './lines';

interface Props {
  lines: LogLine[];
  label: string;
  /** Whether service and correlation id lead to the lines that have them too. */
  isLinked?: boolean;
}

/** Log lines, the oldest first. */
export function LogLines({ lines, label, isLinked = false }: Props) {
  return (
    <ol className="serai-log" aria-label={label}>
      {lines.map((line) => (
        <Line key={keyOf(line)} line={line} isLinked={isLinked} />
      ))}
    </ol>
  );
}

const Line = memo(function Line({ line, isLinked }: { line: LogLine; isLinked: boolean }) {
  return (
    <li className={`serai-line serai-${line.level.toLowerCase()}`}>
      <time dateTime={line.time} title={line.time}>
        {clock(line.time)}
      </time>{' '}
      <b>{line.level}</b> <Part name="service" value={line.service} isLinked={isLinked} />
      <span title={line.logger}>{short(line.logger)}</span>{' '}
      <span className="serai-message">{line.message}</span>{' '}
      <Part name="cid" value={line.cid} isLinked={isLinked} />
      {line.exception && (
        <details>
          <summary>Stack trace</summary>
          <pre>
            {isLinked && line.service !== undefined ? (
              <Stack text={line.exception} service={line.service} />
            ) : (
              line.exception
            )}
          </pre>
        </details>
      )}
    </li>
  );
});

/** A stack trace whose lines in the code of a service lead to it in the editor. */
function Stack({ text, service }: { text: string; service: string }) {
  return framesOf(text).map(({ before, source, line, after }, index) => (
    <Fragment key={index}>
      {before}
      {source !== undefined && (
        <Link to={`/ide${query({ service, source, line })}`}>
          {source}:{line}
        </Link>
      )}
      {after}
    </Fragment>
  ));
}

function Part(props: { name: string; value: string | undefined; isLinked: boolean }) {
  const { name, value, isLinked } = props;
  if (value === undefined || value === '') {
    return null;
  }
  return <>{isLinked ? <Filter name={name} value={value} /> : <span>{value}</span>} </>;
}

/** Leads to the lines of the same page that have a value too. */
function Filter({ name, value }: { name: string; value: string }) {
  const [address] = useSearchParams();
  const next = new URLSearchParams(address);
  next.set(name, value);
  return (
    <Link to={`?${next.toString()}`} title={`Only lines with this ${name}`}>
      {value}
    </Link>
  );
}

function short(logger: string): string {
  return logger.slice(logger.lastIndexOf('.') + 1);
}
