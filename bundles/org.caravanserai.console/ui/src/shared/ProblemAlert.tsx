import { Alert, Content, ContentVariants, List, ListItem } from '@patternfly/react-core';
import { Link } from 'react-router';
import { Problem } from '../api/client';
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

/** What is wrong, and where. */
export function Diagnostics({ diagnostics }: { diagnostics: Diagnostic[] }) {
  return (
    <List isPlain>
      {diagnostics.map((each, index) => (
        <ListItem key={index}>
          <code>
            {each.file}
            {each.line > 0 && `:${each.line}:${each.column}`}
          </code>{' '}
          <span className="serai-text">
            {each.severity === 'warning' && 'warning: '}
            {each.message}
          </span>
        </ListItem>
      ))}
    </List>
  );
}
