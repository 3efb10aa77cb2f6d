import {
  Card,
  CardBody,
  CardTitle,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
} from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { count } from '../shared/format';
import type { RouteInfo, RouteNode } from './types';
import { editorPage, mean, targetPage } from './words';

/** What is known of one processor. */
export function NodeDetails({ route, node }: { route: RouteInfo; node: RouteNode }) {
  const { id, kind, text, description, line, target, figures, isDisabled } = node;
  const to = targetPage(node);
  const editor = editorPage(route, line);
  return (
    <Card isCompact component="section" aria-label="The chosen processor">
      <CardTitle component="h2">{kind}</CardTitle>
      <CardBody>
        <DescriptionList isCompact>
          {text !== '' && (
            <Item term="Says">
              <code className="serai-text">{text}</code>
            </Item>
          )}
          {description && (
            <Item term="Description">
              <span className="serai-text">{description}</span>
            </Item>
          )}
          {target && to && (
            <Item term={`The ${target.kind}`}>
              <Link to={to}>{target.name}</Link>
            </Item>
          )}
          {editor && (
            <Item term="Source">
              <Link to={editor}>{line === undefined ? 'open in the editor' : `line ${line}`}</Link>
            </Item>
          )}
          <Item term="Id">
            <code className="serai-text">{id}</code>
          </Item>
          {isDisabled && <Item term="Disabled">messages pass it by</Item>}
          {figures ? (
            <>
              <Item term="Messages">{count(figures.exchanges)}</Item>
              <Item term="Failed">{count(figures.failed)}</Item>
              <Item term="Inside">{count(figures.inflight)}</Item>
              <Item term="Mean">{mean(figures)}</Item>
            </>
          ) : (
            <Item term="Messages">not counted here</Item>
          )}
        </DescriptionList>
      </CardBody>
    </Card>
  );
}

function Item({ term, children }: { term: string; children: ReactNode }) {
  return (
    <DescriptionListGroup>
      <DescriptionListTerm>{term}</DescriptionListTerm>
      <DescriptionListDescription>{children}</DescriptionListDescription>
    </DescriptionListGroup>
  );
}
