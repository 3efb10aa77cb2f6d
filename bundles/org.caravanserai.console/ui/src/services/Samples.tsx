import { Alert, Button, Checkbox, Label, Title } from '@patternfly/react-core';
import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense, useEffect, useEffectEvent, useRef, useState } from 'react';
import { ProblemAlert } from '../shared/ProblemAlert';
import { Waiting } from '../shared/Waiting';
import { invoke } from './invocation';
import type { Sample } from './keptSamples';

const Difference = lazy(async () => ({
  default: (await import('../ide/editor/Difference')).Difference,
}));

interface Props {
  service: string;
  revision: number;
  samples: Sample[];
  onKeep: (samples: Sample[]) => boolean;
  /** Puts one into the form. */
  onUse: (sample: Sample) => void;
}

interface Result {
  status: number;
  text: string;
}

/** The samples of a service, called again to see what a change of it has changed. */
export function Samples({ service, revision, samples, onKeep, onUse }: Props) {
  const [results, setResults] = useState<Record<string, Result>>({});
  const [isAutomatic, setAutomatic] = useState(false);
  const calls = useMutation({
    mutationFn: async () => {
      setResults({});
      for (const { name, input, type } of samples) {
        const { status, text } = await invoke(service, input, type);
        setResults((before) => ({ ...before, [name]: { status, text: text ?? '' } }));
      }
    },
  });

  const last = useRef(revision);
  const renewed = useEffectEvent(() => {
    if (isAutomatic && samples.length > 0) {
      calls.mutate();
    }
  });
  useEffect(() => {
    if (last.current !== revision) {
      last.current = revision;
      renewed();
    }
  }, [revision]);

  const forget = (name: string) =>
    setResults((before) =>
      Object.fromEntries(Object.entries(before).filter(([each]) => each !== name)),
    );

  if (samples.length === 0) {
    return null;
  }
  return (
    <section className="serai-part" aria-label="Samples">
      <Title headingLevel="h2" size="lg">
        Samples
      </Title>
      <p className="serai-note">This browser keeps them.</p>
      <ul>
        {samples.map((sample) => (
          <li key={sample.name} className="serai-lead">
            <Button variant="link" isInline onClick={() => onUse(sample)}>
              {sample.name}
            </Button>{' '}
            <Compared
              sample={sample}
              result={results[sample.name]}
              onTake={(result) => {
                onKeep(samples.map((each) => (each === sample ? { ...sample, ...result } : each)));
                forget(sample.name);
              }}
            />{' '}
            <Button
              variant="link"
              isInline
              isDanger
              aria-label={`Delete the sample ${sample.name}`}
              onClick={() => {
                onKeep(samples.filter((each) => each !== sample));
                forget(sample.name);
              }}
            >
              Delete
            </Button>
          </li>
        ))}
      </ul>
      {calls.error && <ProblemAlert failure={calls.error} />}
      <div className="serai-lead">
        <Button
          variant="secondary"
          size="sm"
          isLoading={calls.isPending}
          isDisabled={calls.isPending}
          onClick={() => calls.mutate()}
        >
          Call them again
        </Button>
        <Checkbox
          id="samples-automatic"
          label="Also when a revision goes live"
          isChecked={isAutomatic}
          onChange={(_, isChecked) => setAutomatic(isChecked)}
        />
      </div>
    </section>
  );
}

interface ComparedProps {
  sample: Sample;
  result: Result | undefined;
  onTake: (result: Result) => void;
}

function Compared({ sample, result, onTake }: ComparedProps) {
  if (!result) {
    return null;
  }
  if (result.status === sample.status && result.text === sample.text) {
    return (
      <Label isCompact status="success">
        answers the same
      </Label>
    );
  }
  return (
    <>
      <Label isCompact status="warning">
        answers something else
      </Label>{' '}
      <Button variant="link" isInline onClick={() => onTake(result)}>
        Take it as the answer
      </Button>
      {result.status !== sample.status && (
        <Alert
          component="p"
          variant="warning"
          isInline
          isPlain
          title={`The status was ${sample.status}, and is ${result.status}.`}
        />
      )}
      {result.text !== sample.text && (
        <Suspense fallback={<Waiting what="the difference" />}>
          <Difference
            file="answer.json"
            left={{ label: `Answer of ${sample.name} when it was kept`, text: sample.text }}
            right={{ label: 'Answer now', text: result.text }}
          />
        </Suspense>
      )}
    </>
  );
}
