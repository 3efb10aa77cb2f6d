import { Alert, Content, ContentVariants, List, ListItem } from '@patternfly/react-core';
import { Link } from 'react-router';
import { Problem, query } from '../api/client';
import type { Diagnostic } from '../api/types';

/** Why something was refused, with what is wrong where and the id by which the log has it. */
export function ProblemAlert({ failure, title }: { failure: unknown; title?: string }) {
  const problem = failure instanceof Problem ? failure : undefined;
  const said = failure instanceof Error ? failure.message : String(failure);
  const heading = title ?? (problem ? `${problem.title} (${problem.status})` : said);
  return (
    <Alert component="p" variant="danger" isInline title={heading}>
      {heading !== said && <p className="serai-text">{said}</p>}
      {problem && problem.diagnostics.length > 0 && (
        <Diagnostics diagnostics={problem.diagnostics} />
      )}
      {problem?.cid && (
        <Content component={ContentVariants.small}>
          Correlation id{' '}
          <Link to={`/logs?cid=${encodeURIComponent(problem.cid)}`}>{problem.cid}</Link>
        </Content>
      )}
    </Alert>
  );
}

/** What is wrong, and where; the places lead into the editor if it is told what is deployed. */
export function Diagnostics(props: { diagnostics: Diagnostic[]; deployment?: string | undefined }) {
  const { diagnostics, deployment } = props;
  return (
    <List isPlain>
      {diagnostics.map((each, index) => (
        <ListItem key={index}>
          {deployment === undefined || each.line < 1 ? (
            <code>{placeOf(each)}</code>
          ) : (
            <Link to={`/ide${query({ deployment, source: fileName(each.file), line: each.line })}`}>
              <code>{placeOf(each)}</code>
            </Link>
          )}{' '}
          <span className="serai-text">
            {each.severity === 'warning' && 'warning: '}
            {each.message}
          </span>
        </ListItem>
      ))}
    </List>
  );
}

function placeOf({ file, line, column }: Diagnostic): string {
  return line > 0 ? `${file}:${line}:${column}` : file;
}

function fileName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}
