import { Table, Tbody, Td, Th, Thead, Tr } from '@patternfly/react-table';
import { Link } from 'react-router';
import { count } from '../shared/format';
import type { RouteDiagram } from './types';
import { depths, editorPage, mean, targetPage } from './words';

/** What the diagram shows, as a table: the processors in the order of the source. */
export function Processors({ diagram }: { diagram: RouteDiagram }) {
  const { route, nodes } = diagram;
  const depth = depths(nodes);
  return (
    <div className="serai-table-box">
      <Table aria-label="Processors" variant="compact" className="serai-table">
        <Thead>
          <Tr>
            <Th>Processor</Th>
            <Th>Says</Th>
            <Th>Line</Th>
            <Th className="serai-numeric">Inside</Th>
            <Th className="serai-numeric">Messages</Th>
            <Th className="serai-numeric">Failed</Th>
            <Th className="serai-numeric">Mean</Th>
          </Tr>
        </Thead>
        <Tbody>
          {nodes.map((node) => {
            const { id, kind, text, line, figures, isDisabled } = node;
            const to = targetPage(node);
            const editor = editorPage(route, line);
            return (
              <Tr key={id}>
                <Td dataLabel="Processor" modifier="nowrap">
                  <span style={{ paddingInlineStart: `${(depth.get(id) ?? 0) * 1.25}rem` }}>
                    {kind}
                    {isDisabled && ' (disabled)'}
                  </span>
                </Td>
                <Td dataLabel="Says" modifier="breakWord">
                  {to ? <Link to={to}>{text}</Link> : <span className="serai-text">{text}</span>}
                </Td>
                <Td dataLabel="Line">
                  {line !== undefined && editor ? <Link to={editor}>{line}</Link> : '–'}
                </Td>
                <Td dataLabel="Inside" className="serai-numeric">
                  {figures ? count(figures.inflight) : '–'}
                </Td>
                <Td dataLabel="Messages" className="serai-numeric">
                  {figures ? count(figures.exchanges) : '–'}
                </Td>
                <Td dataLabel="Failed" className="serai-numeric">
                  {figures ? count(figures.failed) : '–'}
                </Td>
                <Td dataLabel="Mean" className="serai-numeric">
                  {figures ? mean(figures) : '–'}
                </Td>
              </Tr>
            );
          })}
        </Tbody>
      </Table>
    </div>
  );
}
