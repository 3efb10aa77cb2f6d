import { Card, CardBody, CardTitle, Gallery } from '@patternfly/react-core';
import type { ReactNode } from 'react';

/** A row of figures. */
export function Figures({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Gallery hasGutter minWidths={{ default: '140px' }} component="ul" aria-label={label}>
      {children}
    </Gallery>
  );
}

/** One figure and what it is. */
export function Figure({ title, value }: { title: string; value: ReactNode }) {
  return (
    <Card component="li" isCompact>
      <CardTitle component="h2">{title}</CardTitle>
      <CardBody className="serai-figure">{value}</CardBody>
    </Card>
  );
}
