import {
  ActionGroup,
  Alert,
  Button,
  CodeBlock,
  CodeBlockCode,
  DescriptionList,
  DescriptionListDescription,
  DescriptionListGroup,
  DescriptionListTerm,
  ExpandableSection,
  Form,
  FormGroup,
  FormSelect,
  FormSelectOption,
  Grid,
  GridItem,
  InputGroup,
  InputGroupItem,
  Label,
  TextArea,
  TextInput,
  Title,
} from '@patternfly/react-core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import { Link } from 'react-router';
import { call, query } from '../api/client';
import type { LogLine, Page, ServiceAnswer } from '../api/types';
import { LogLines } from '../logs/LogLines';
import { bytes, duration } from '../shared/format';
import { ProblemAlert } from '../shared/ProblemAlert';
import { exampleOf } from './example';
import { invoke, MOST_SHOWN, type Answer } from './invocation';
import { Samples } from './Samples';
import { useSamples } from './keptSamples';

const JSON_TYPE = 'application/json';
const TYPES = [JSON_TYPE, 'application/xml', 'text/plain'];

/** Calls the service with an input that can be edited, and shows all that came of it. */
export function Invoke({ service }: { service: ServiceAnswer }) {
  const example = service.inputSchema
    ? JSON.stringify(exampleOf(service.inputSchema), null, 2)
    : '';
  const [input, setInput] = useState(example);
  const [type, setType] = useState(JSON_TYPE);
  const [samples, keepSamples] = useSamples(service.name);
  const queries = useQueryClient();
  const invocation = useMutation({
    mutationFn: async () => ({ input, type, answer: await invoke(service.name, input, type) }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['service', service.name] }),
  });
  const mistake = type === JSON_TYPE ? mistakeIn(input) : undefined;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    invocation.mutate();
  };
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      invocation.mutate();
    }
  };

  return (
    <Grid hasGutter>
      <GridItem lg={5}>
        <Form onSubmit={submit}>
          <FormGroup label="Input" fieldId="input">
            <TextArea
              id="input"
              className="serai-code"
              rows={12}
              resizeOrientation="vertical"
              spellCheck={false}
              value={input}
              validated={mistake ? 'warning' : 'default'}
              aria-describedby="input-note"
              onChange={(_, value) => setInput(value)}
              onKeyDown={pressed}
            />
            <p id="input-note" className="serai-note">
              {mistake ?? (service.inputSchema ? 'Made from the schema.' : 'It takes nothing.')}
            </p>
          </FormGroup>
          <FormGroup label="Content type" fieldId="type">
            <FormSelect id="type" value={type} onChange={(_, value) => setType(value)}>
              {TYPES.map((each) => (
                <FormSelectOption key={each} value={each} label={each} />
              ))}
            </FormSelect>
          </FormGroup>
          <ActionGroup>
            <Button
              type="submit"
              isLoading={invocation.isPending}
              isDisabled={invocation.isPending}
            >
              Invoke
            </Button>
            {input !== example && (
              <Button variant="link" onClick={() => setInput(example)}>
                Back to the example
              </Button>
            )}
          </ActionGroup>
        </Form>
        <Samples
          service={service.name}
          revision={service.revision}
          samples={samples}
          onKeep={keepSamples}
          onUse={(sample) => {
            setInput(sample.input);
            setType(sample.type);
          }}
        />
      </GridItem>
      <GridItem lg={7} aria-live="polite">
        {invocation.error && <ProblemAlert failure={invocation.error} />}
        {invocation.data && (
          <Shown answer={invocation.data.answer} service={service.name}>
            <KeepSample
              onKeep={(name) => {
                const { answer, ...asked } = invocation.data;
                const sample = { ...asked, name, status: answer.status, text: answer.text ?? '' };
                return keepSamples([...samples.filter((each) => each.name !== name), sample]);
              }}
            />
          </Shown>
        )}
      </GridItem>
    </Grid>
  );
}

function Shown(props: { answer: Answer; service: string; children: ReactNode }) {
  const { answer, service, children } = props;
  const isRefusal = answer.status >= 400;
  return (
    <>
      <Title headingLevel="h2" size="lg">
        Answer
      </Title>
      <DescriptionList isHorizontal isCompact className="serai-lead">
        <DescriptionListGroup>
          <DescriptionListTerm>Status</DescriptionListTerm>
          <DescriptionListDescription>
            <Label status={isRefusal ? 'danger' : 'success'}>
              {answer.status} {answer.statusText}
            </Label>
          </DescriptionListDescription>
        </DescriptionListGroup>
        <DescriptionListGroup>
          <DescriptionListTerm>Time</DescriptionListTerm>
          <DescriptionListDescription>
            {duration(answer.millis)}, as this browser sees it
          </DescriptionListDescription>
        </DescriptionListGroup>
        <DescriptionListGroup>
          <DescriptionListTerm>Size</DescriptionListTerm>
          <DescriptionListDescription>{bytes(answer.size)}</DescriptionListDescription>
        </DescriptionListGroup>
      </DescriptionList>
      <Body answer={answer} service={service} />
      <ExpandableSection toggleText={`Headers (${answer.headers.length})`}>
        <CodeBlock>
          <CodeBlockCode>
            {answer.headers.map(([name, value]) => `${name}: ${value}`).join('\n')}
          </CodeBlockCode>
        </CodeBlock>
      </ExpandableSection>
      {children}
      <CallLog cid={answer.cid} />
    </>
  );
}

/** Keeps the call and its answer, to see later whether the service still answers that. */
function KeepSample({ onKeep }: { onKeep: (name: string) => boolean }) {
  const [name, setName] = useState('');
  const [isFull, setFull] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isKept = onKeep(name.trim());
    setFull(!isKept);
    if (isKept) {
      setName('');
    }
  };
  return (
    <Form onSubmit={submit} className="serai-lead">
      <InputGroup>
        <InputGroupItem isFill>
          <TextInput
            aria-label="Name of the sample"
            placeholder="Name of the sample"
            value={name}
            onChange={(_, text) => setName(text)}
          />
        </InputGroupItem>
        <InputGroupItem>
          <Button type="submit" variant="control" isDisabled={name.trim() === ''}>
            Keep as a sample
          </Button>
        </InputGroupItem>
      </InputGroup>
      {isFull && <p className="serai-note">This browser has no room for it.</p>}
    </Form>
  );
}

function Body({ answer, service }: { answer: Answer; service: string }) {
  const [address] = useState(() => URL.createObjectURL(answer.body));
  if (answer.size === 0) {
    return <p className="serai-note">The answer is empty.</p>;
  }
  return (
    <>
      {answer.text === undefined ? (
        <Alert component="p" variant="info" isInline title="The answer is not text." />
      ) : (
        <CodeBlock className="serai-answer" tabIndex={0} role="region" aria-label="Body">
          <CodeBlockCode>{answer.text}</CodeBlockCode>
        </CodeBlock>
      )}
      {answer.size > MOST_SHOWN && <p className="serai-note">Cut at {bytes(MOST_SHOWN)}.</p>}
      <a href={address} download={service}>
        Save the answer
      </a>
    </>
  );
}

/** What was logged during a call. */
function CallLog({ cid }: { cid: string }) {
  const { data, error } = useQuery({
    queryKey: ['logs', cid],
    queryFn: ({ signal }) => call<Page<LogLine>>(`logs${query({ cid })}`, { signal }),
  });
  return (
    <>
      <Title headingLevel="h2" size="lg" className="serai-part">
        Log of this call
      </Title>
      <p className="serai-note">
        Correlation id <Link to={`/logs${query({ cid })}`}>{cid}</Link>
      </p>
      {error && <ProblemAlert failure={error} />}
      {data?.items.length === 0 && <p className="serai-note">Nothing was logged.</p>}
      {data && data.items.length > 0 && <LogLines lines={data.items} label="Log of this call" />}
    </>
  );
}

function mistakeIn(input: string): string | undefined {
  if (input.trim() === '') {
    return undefined;
  }
  try {
    JSON.parse(input);
    return undefined;
  } catch (mistake) {
    return `Not JSON: ${mistake instanceof Error ? mistake.message : String(mistake)}`;
  }
}
