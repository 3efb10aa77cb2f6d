import { Alert, CodeBlock, CodeBlockCode, Grid, GridItem, Title } from '@patternfly/react-core';
import { Link } from 'react-router';
import { duration } from '../shared/format';
import { useAddress } from '../shared/useAddress';
import { changes, type Changed } from './changes';
import type { Content, RouteDiagram, TracedMessage, TraceStep } from './types';
import { depths, routePage } from './words';

const RESULT = 'result';

/** A traced message: its processors with their times, and what it held at one of them. */
export function Steps({ diagram, message }: { diagram: RouteDiagram; message: TracedMessage }) {
  const [address, change] = useAddress();
  const { steps, result, isCut, summary } = message;
  const depth = depths(diagram.nodes);
  const asked = address.get('step') ?? '';
  const chosen = steps.find(({ number }) => String(number) === asked) ?? steps[0];
  const isResult = asked === RESULT && result !== undefined;
  const choose = (step: string) => change({ step });
  return (
    <>
      {isCut && (
        <Alert
          component="p"
          variant="warning"
          isInline
          title="It entered more processors than are recorded"
        />
      )}
      <Grid hasGutter className="serai-part">
        <GridItem lg={5}>
          <ol className="serai-steps" aria-label="Processors that it entered">
            {steps.map((step) => (
              <li key={step.number}>
                <StepButton
                  step={step}
                  whole={summary.micros}
                  depth={depth.get(step.node) ?? 0}
                  isElsewhere={step.route !== '' && step.route !== diagram.route.id}
                  isChosen={!isResult && step === chosen}
                  onChoose={() => choose(String(step.number))}
                />
              </li>
            ))}
            {result && (
              <li>
                <button
                  type="button"
                  className="serai-step"
                  aria-pressed={isResult}
                  onClick={() => choose(RESULT)}
                >
                  <b>What came out</b>
                </button>
              </li>
            )}
          </ol>
        </GridItem>
        <GridItem lg={7}>
          {isResult && (
            <Held title="What came out" content={result} before={steps.at(-1)?.content} />
          )}
          {!isResult && chosen && (
            <Held
              title={`When it entered ${chosen.node}`}
              content={chosen.content}
              before={steps.find(({ number }) => number === chosen.number - 1)?.content}
              step={chosen}
              isElsewhere={chosen.route !== '' && chosen.route !== diagram.route.id}
            />
          )}
        </GridItem>
      </Grid>
    </>
  );
}

function StepButton(props: {
  step: TraceStep;
  whole: number;
  depth: number;
  isElsewhere: boolean;
  isChosen: boolean;
  onChoose: () => void;
}) {
  const { step, whole, depth, isElsewhere, isChosen, onChoose } = props;
  const { kind, node, route, atMicros, micros, failure } = step;
  const share = (value: number) => `${Math.min(100, (100 * value) / Math.max(1, whole))}%`;
  return (
    <button
      type="button"
      className={failure === undefined ? 'serai-step' : 'serai-step serai-step-failed'}
      aria-pressed={isChosen}
      onClick={onChoose}
    >
      <span className="serai-step-head" style={{ paddingInlineStart: `${depth}rem` }}>
        <b>{kind}</b> <span className="serai-step-node">{node}</span>
        {isElsewhere && <span className="serai-step-node"> of {route}</span>}
        {failure !== undefined && ' failed'}
      </span>
      <span className="serai-step-time">
        {micros === undefined ? 'on its way' : duration(micros / 1000)}
      </span>
      <span className="serai-step-bar" aria-hidden="true">
        <span
          style={{
            marginInlineStart: share(atMicros),
            width: share(micros ?? Math.max(0, whole - atMicros)),
          }}
        />
      </span>
    </button>
  );
}

function Held(props: {
  title: string;
  content: Content;
  before?: Content | undefined;
  step?: TraceStep;
  isElsewhere?: boolean;
}) {
  const { title, content, before, step, isElsewhere = false } = props;
  const { type, body, details } = content;
  const isOtherBody = before !== undefined && before.body !== body;
  return (
    <section aria-label={title} className="serai-held">
      <Title headingLevel="h3">{title}</Title>
      {step && (
        <p className="serai-note">
          {duration(step.atMicros / 1000)} after it had entered the route
          {isElsewhere && (
            <>
              , in <Link to={routePage(step.route)}>{step.route}</Link>
            </>
          )}
          . Exchange <code className="serai-text">{step.exchange}</code>
        </p>
      )}
      {step?.failure && (
        <Alert component="p" variant="danger" isInline title="It failed here">
          <span className="serai-text">{step.failure}</span>
        </Alert>
      )}
      <Title headingLevel="h4" className="serai-part">
        Body{isOtherBody && ' (changed)'}
      </Title>
      <p className="serai-note">
        <code className="serai-text">{type}</code>
        {details && `: ${details}`}
      </p>
      {body !== undefined && (
        <CodeBlock className="serai-answer" tabIndex={0} role="region" aria-label="Body">
          <CodeBlockCode>{body}</CodeBlockCode>
        </CodeBlock>
      )}
      <Title headingLevel="h4" className="serai-part">
        Headers
      </Title>
      <Headers all={changes(content.headers, before?.headers)} />
    </section>
  );
}

function Headers({ all }: { all: Changed[] }) {
  if (all.length === 0) {
    return <p className="serai-note">There are none.</p>;
  }
  return (
    <dl className="serai-headers">
      {all.map(({ name, value, change }) => (
        <div key={name}>
          <dt>
            <code className="serai-text">{name}</code>
            {change !== 'same' && ` (${change})`}
          </dt>
          <dd className="serai-text">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
