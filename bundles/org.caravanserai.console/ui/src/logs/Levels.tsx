import {
  Button,
  Form,
  FormGroup,
  FormSelect,
  FormSelectOption,
  Label,
  LabelGroup,
  Modal,
  ModalBody,
  ModalFooter,
  ModalHeader,
  TextInput,
} from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { call, path } from '../api/client';
import { useRole } from '../api/roles';
import type { LoggerInfo, LoggerLevel, Page } from '../api/types';
import { moment } from '../shared/format';
import { ProblemAlert } from '../shared/ProblemAlert';

const REFRESH_MILLIS = 5_000;
const LEVELS: LoggerLevel[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'OFF'];
const TIMES = [
  { value: 'PT1M', label: 'one minute' },
  { value: 'PT10M', label: 'ten minutes' },
  { value: 'PT1H', label: 'one hour' },
  { value: 'PT24H', label: 'one day' },
];
const KEY = ['loggers', 'temporary'];

/** The levels that are set for a while, and how to set one. */
export function Levels({ logger }: { logger: string }) {
  const [isSetting, setSetting] = useState(false);
  const maySet = useRole('admin');
  const { data } = useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => call<Page<LoggerInfo>>('loggers?temporary=true', { signal }),
    refetchInterval: REFRESH_MILLIS,
  });
  const end = useChange(({ name }: LoggerInfo) =>
    call(path('loggers', name), { method: 'DELETE' }),
  );
  return (
    <>
      {data && data.items.length > 0 && (
        <LabelGroup categoryName="Levels for a while" numLabels={5}>
          {data.items.map((each) => (
            <Label
              key={each.name}
              status="info"
              {...(maySet && {
                onClose: () => end.mutate(each),
                closeBtnAriaLabel: `End ${each.name} at ${each.level}`,
              })}
            >
              {each.name} at {each.level} until {each.until && moment(each.until)}, by {each.by}
            </Label>
          ))}
        </LabelGroup>
      )}
      {end.error && <ProblemAlert failure={end.error} />}
      {maySet && (
        <Button variant="secondary" onClick={() => setSetting(true)}>
          Set a level
        </Button>
      )}
      {isSetting && <SetLevel logger={logger} onClose={() => setSetting(false)} />}
    </>
  );
}

function SetLevel({ logger, onClose }: { logger: string; onClose: () => void }) {
  const [name, setName] = useState(logger);
  const [level, setLevel] = useState('DEBUG');
  const [time, setTime] = useState('PT10M');
  const set = useChange(() =>
    call(path('loggers', name.trim()), {
      method: 'PUT',
      body: JSON.stringify({ level, for: time }),
      contentType: 'application/json',
    }),
  );
  return (
    <Modal isOpen variant="small" onClose={onClose} aria-labelledby="set-level">
      <ModalHeader title="Set a level for a while" labelId="set-level" />
      <ModalBody>
        <p className="serai-note">
          It ends by itself, or with the server. Lines of fine levels may hold what callers sent.
        </p>
        <Form
          id="set-level-form"
          onSubmit={(event) => {
            event.preventDefault();
            set.mutate(undefined, { onSuccess: onClose });
          }}
        >
          <FormGroup label="Logger" fieldId="level-logger" isRequired>
            <TextInput
              id="level-logger"
              isRequired
              value={name}
              placeholder="A service, a package, or ROOT"
              onChange={(_, value) => setName(value)}
            />
          </FormGroup>
          <FormGroup label="Level" fieldId="level-level">
            <FormSelect id="level-level" value={level} onChange={(_, value) => setLevel(value)}>
              {LEVELS.map((each) => (
                <FormSelectOption key={each} value={each} label={each} />
              ))}
            </FormSelect>
          </FormGroup>
          <FormGroup label="For" fieldId="level-time">
            <FormSelect id="level-time" value={time} onChange={(_, value) => setTime(value)}>
              {TIMES.map((each) => (
                <FormSelectOption key={each.value} {...each} />
              ))}
            </FormSelect>
          </FormGroup>
        </Form>
        {set.error && <ProblemAlert failure={set.error} />}
      </ModalBody>
      <ModalFooter>
        <Button
          type="submit"
          form="set-level-form"
          isDisabled={name.trim() === '' || set.isPending}
          isLoading={set.isPending}
        >
          Set
        </Button>
        <Button variant="link" onClick={onClose}>
          Cancel
        </Button>
      </ModalFooter>
    </Modal>
  );
}

/** A change of levels, after which they are asked for anew. */
function useChange<T>(change: (given: T) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}
