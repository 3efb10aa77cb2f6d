import { Card, CardBody, CardTitle, Gallery } from '@patternfly/react-core';
import { Link } from 'react-router';
import { latest, UNITS, type Unit } from '../metrics/numbers';
import { Sparkline } from '../metrics/Sparkline';
import { useHistory } from '../metrics/useHistory';

const SECONDS = 900;
const TRENDS: { name: string; title: string; unit: Unit; to: string }[] = [
  { name: 'calls', title: 'Calls', unit: 'rate', to: '/services?sort=-callsPerSecond' },
  { name: 'failures', title: 'Failures', unit: 'rate', to: '/services?sort=-lastFailure' },
  { name: 'latency_p95', title: 'Latency, p95', unit: 'seconds', to: '/services?sort=-p95Micros' },
  { name: 'pubsub_messages', title: 'Messages in queues', unit: 'count', to: '/charts' },
  { name: 'heap_used', title: 'Heap', unit: 'bytes', to: '/charts' },
  { name: 'cpu', title: 'Processor', unit: 'share', to: '/charts' },
];
const NAMES = TRENDS.map(({ name }) => name).join(',');

/** How the server has been for a quarter of an hour. */
export function Trends() {
  const { data } = useHistory(SECONDS, { names: NAMES });
  return (
    <Gallery hasGutter minWidths={{ default: '150px' }} component="ul" aria-label="Lately">
      {TRENDS.map(({ name, title, unit, to }) => {
        const values = data?.values[name];
        const value = latest(values);
        return (
          <Card key={name} component="li" isCompact>
            <CardTitle component="h2">
              <Link to={to}>{title}</Link>
            </CardTitle>
            <CardBody>
              <div className="serai-figure">
                {value === undefined ? '–' : UNITS[unit].text(value)}
              </div>
              <Sparkline values={values ?? []} />
            </CardBody>
          </Card>
        );
      })}
    </Gallery>
  );
}
