import { FormSelect, FormSelectOption } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { call, path } from '../api/client';
import type { ServiceAnswer } from '../api/types';
import { Invoke } from '../services/Invoke';
import { ProblemAlert } from '../shared/ProblemAlert';
import { Waiting } from '../shared/Waiting';

const REFRESH_MILLIS = 3_000;

/** Calls the services of a file beside its text. */
export function InvokePanel({ services }: { services: string[] }) {
  const [asked, setAsked] = useState('');
  const chosen = services.includes(asked) ? asked : (services[0] ?? '');
  const { data, error } = useQuery({
    queryKey: ['service', chosen],
    queryFn: ({ signal }) => call<ServiceAnswer>(path('services', chosen), { signal }),
    refetchInterval: REFRESH_MILLIS,
  });
  return (
    <>
      {services.length > 1 && (
        <FormSelect
          aria-label="Service"
          value={chosen}
          onChange={(_, value) => setAsked(value)}
          className="serai-part"
        >
          {services.map((each) => (
            <FormSelectOption key={each} value={each} label={each} />
          ))}
        </FormSelect>
      )}
      {error && <ProblemAlert failure={error} />}
      {!data && !error && <Waiting what={chosen} />}
      {data && <Invoke key={chosen} service={data} />}
    </>
  );
}
