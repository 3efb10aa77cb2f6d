import {
  FormSelect,
  FormSelectOption,
  Gallery,
  Toolbar,
  ToolbarContent,
  ToolbarItem,
} from '@patternfly/react-core';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useAddress } from '../shared/useAddress';
import { Waiting } from '../shared/Waiting';
import { Chart } from './Chart';
import { hasAny, WINDOWS, type ChartSpec } from './numbers';
import { useHistory } from './useHistory';

const USUAL = '900';

interface Props {
  charts: ChartSpec[];
  /** Of which service; of the server if there is none. */
  service?: string;
}

/** Charts of the last time; how much of it is in the address. */
export function Charts({ charts, service }: Props) {
  const [address, change] = useAddress();
  const asked = address.get('seconds') ?? USUAL;
  const seconds = WINDOWS.some(({ value }) => value === asked) ? asked : USUAL;
  const { data, error } = useHistory(Number(seconds), service === undefined ? {} : { service });
  return (
    <>
      <Toolbar>
        <ToolbarContent>
          <ToolbarItem>
            <FormSelect
              aria-label="Time shown"
              value={seconds}
              onChange={(_, value) => change({ seconds: value === USUAL ? '' : value })}
            >
              {WINDOWS.map(({ value, label }) => (
                <FormSelectOption key={value} value={value} label={`The last ${label}`} />
              ))}
            </FormSelect>
          </ToolbarItem>
        </ToolbarContent>
      </Toolbar>
      {error && <ProblemAlert failure={error} />}
      {!data && !error && <Waiting what="the numbers" />}
      {data && data.times.length === 0 && (
        <p className="serai-note">
          {service === undefined
            ? 'The first numbers come a few seconds after the start of the server.'
            : 'There are no numbers: it was not called within the last hour, or too many other services were.'}
        </p>
      )}
      {data && data.times.length > 0 && (
        <Gallery hasGutter minWidths={{ default: '100%', lg: '420px' }}>
          {charts
            .filter((spec) => hasAny(data, spec))
            .map((spec) => (
              <Chart key={spec.title} spec={spec} history={data} group={service ?? 'server'} />
            ))}
        </Gallery>
      )}
    </>
  );
}
