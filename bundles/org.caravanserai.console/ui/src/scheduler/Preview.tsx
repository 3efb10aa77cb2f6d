import {
  Form,
  FormGroup,
  FormSelect,
  FormSelectOption,
  Grid,
  GridItem,
  PageSection,
  TextInput,
  Title,
} from '@patternfly/react-core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { post } from '../api/client';
import { PageHead } from '../shared/PageHead';
import { ProblemAlert } from '../shared/ProblemAlert';
import { useAddress } from '../shared/useAddress';
import { useTyped } from '../shared/useTyped';
import { Times } from './JobPage';
import { SchedulerPages } from './parts';

const TYPES = [
  { value: 'cron_style', label: 'By an expression of cron' },
  { value: 'interval_based', label: 'Again and again after the same time' },
  { value: 'one_time', label: 'Once' },
];
const INTERVAL = ['weeks', 'days', 'hours', 'minutes', 'seconds'];
const FIELDS: Record<string, string[]> = {
  cron_style: ['cron_definition', 'timezone', 'start_date'],
  interval_based: [...INTERVAL, 'start_date', 'timezone'],
  one_time: ['start_date', 'timezone'],
};
const TITLES: Record<string, string> = {
  cron_definition: 'Cron expression, such as 30 2 * * 1-5',
  timezone: 'Time zone, such as Europe/Berlin',
  start_date: 'Start, such as 2026-01-31 09:00:00',
};

/** When a timetable would run, before there is a job of it. */
export function Preview() {
  const [address, change] = useAddress();
  const type = TYPES.find(({ value }) => value === address.get('job_type'))?.value ?? 'cron_style';
  const fields = FIELDS[type] ?? [];
  const given = fields
    .map((name) => [name, address.get(name) ?? ''] as const)
    .filter(([, value]) => value !== '');
  const asked = {
    job_type: type,
    ...Object.fromEntries(
      given.map(([name, value]) => [name, INTERVAL.includes(name) ? Number(value) : value]),
    ),
  };
  const { data, error } = useQuery({
    queryKey: ['preview', asked],
    queryFn: () => post<{ times: string[] }>('scheduler/preview', asked),
    enabled: given.length > 0,
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <PageHead title="Preview of a timetable" />
      <PageSection>
        <SchedulerPages />
        <Grid hasGutter className="serai-part">
          <GridItem lg={5}>
            <Form onSubmit={(event) => event.preventDefault()}>
              <FormGroup label="When" fieldId="job_type">
                <FormSelect
                  id="job_type"
                  value={type}
                  onChange={(_, value) => change({ job_type: value })}
                >
                  {TYPES.map(({ value, label }) => (
                    <FormSelectOption key={value} value={value} label={label} />
                  ))}
                </FormSelect>
              </FormGroup>
              {fields.map((name) => (
                <Field key={name} name={name} />
              ))}
            </Form>
          </GridItem>
          <GridItem lg={7} aria-live="polite">
            <Title headingLevel="h2">Next times</Title>
            {given.length === 0 && (
              <p className="serai-note">
                Of what is given at the left. Times are those of this clock.
              </p>
            )}
            {given.length > 0 && error && <ProblemAlert failure={error} />}
            {given.length > 0 && !error && data && (
              <>
                {data.times.length === 0 && <p className="serai-note">There is none.</p>}
                <Times times={data.times} label="Next times" />
              </>
            )}
          </GridItem>
        </Grid>
      </PageSection>
    </>
  );
}

function Field({ name }: { name: string }) {
  const [address, change] = useAddress();
  const [text, setText] = useTyped(address.get(name) ?? '', (value) =>
    change({ [name]: value.trim() }),
  );
  return (
    <FormGroup label={TITLES[name] ?? name} fieldId={name}>
      <TextInput
        id={name}
        type={INTERVAL.includes(name) ? 'number' : 'text'}
        value={text}
        onChange={(_, value) => setText(value)}
      />
    </FormGroup>
  );
}
