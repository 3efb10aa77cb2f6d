import { Card, CardBody, CardTitle, ExpandableSection } from '@patternfly/react-core';
import { lazy, Suspense } from 'react';
import type { History } from '../api/types';
import { summary, UNITS, type ChartSpec } from './numbers';

const Plot = lazy(() => import('./Plot'));

/** A chart, and a table of what it shows. */
export function Chart(props: { spec: ChartSpec; history: History; group: string }) {
  const { spec, history, group } = props;
  const { title, unit, lines } = spec;
  const text = UNITS[unit].text;
  return (
    <Card component="section" isCompact aria-label={title}>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody>
        <Suspense fallback={<div className="serai-plot" />}>
          <Plot
            lines={lines}
            unit={unit}
            times={history.times}
            values={history.values}
            group={group}
          />
        </Suspense>
        <ExpandableSection toggleText="As a table" isIndented>
          <table className="serai-numbers">
            <thead>
              <tr>
                <th scope="col">{title}</th>
                <th scope="col">now</th>
                <th scope="col">least</th>
                <th scope="col">greatest</th>
              </tr>
            </thead>
            <tbody>
              {lines.map((line) => {
                const known = summary(history.values[line.name]);
                return (
                  <tr key={line.name}>
                    <th scope="row">{line.title}</th>
                    <td>{known ? text(known.last) : '–'}</td>
                    <td>{known ? text(known.least) : '–'}</td>
                    <td>{known ? text(known.greatest) : '–'}</td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </ExpandableSection>
      </CardBody>
    </Card>
  );
}
