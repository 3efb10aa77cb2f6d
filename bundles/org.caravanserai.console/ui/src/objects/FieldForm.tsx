import {
  Button,
  ExpandableSection,
  FormGroup,
  FormSelect,
  FormSelectOption,
  InputGroup,
  InputGroupItem,
  TextArea,
  TextInput,
} from '@patternfly/react-core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { call, path as pathOf, query } from '../api/client';
import type { JsonSchema, Page } from '../api/types';
import { changed, choicesOf, formOf, mainFields, numeric, type Fields } from './fields';

const SECRET = /^\$\{secret:[^}]*\}$/;
const OTHER = '${';
const SUGGESTED = 50;
const LONG = 80;

interface RecordProps {
  schema: JsonSchema;
  fields: Fields;
  onChange: (fields: Fields) => void;
  /** Where the record is in the object; '' for the object itself. */
  at?: string;
  faults: Map<string, string[]>;
  /** A field that cannot be changed, and why. */
  fixed?: { name: string; why: string };
}

/** The fields of a record, made from its schema; the rare ones are folded away. */
export function RecordForm({ schema, fields, onChange, at = '', faults, fixed }: RecordProps) {
  const [main] = useState(() => mainFields(schema, fields));
  const [isWanted, setWanted] = useState(false);
  const names = Object.keys(schema.properties ?? {});
  const others = names.filter((name) => !main.has(name));
  const path = (name: string) => (at === '' ? name : `${at}.${name}`);
  const isFaulty = others.some((name) =>
    [...faults.keys()].some((each) => each.startsWith(path(name))),
  );
  const row = (name: string) => (
    <Field
      key={name}
      name={name}
      at={path(name)}
      schema={schema.properties?.[name] ?? {}}
      isRequired={schema.required?.includes(name) ?? false}
      value={fields[name]}
      onChange={(value) => onChange(changed(fields, name, value))}
      faults={faults}
      fixed={fixed?.name === name ? fixed.why : undefined}
    />
  );
  return (
    <div className="serai-fields">
      {names.filter((name) => main.has(name)).map(row)}
      {others.length > 0 && (
        <ExpandableSection
          toggleText={`${others.length} more fields, at their defaults`}
          isExpanded={isWanted || isFaulty}
          onToggle={(_, wanted) => setWanted(wanted)}
        >
          <div className="serai-fields">{(isWanted || isFaulty) && others.map(row)}</div>
        </ExpandableSection>
      )}
    </div>
  );
}

interface ValueProps {
  /** The path of the field, such as rate_limiting[0].limit. */
  at: string;
  schema: JsonSchema;
  isRequired?: boolean | undefined;
  value: unknown;
  onChange: (value: unknown) => void;
  faults: Map<string, string[]>;
  fixed?: string | undefined;
  /** What a screen reader calls it; the label of the field otherwise. */
  label?: string;
}

function Field({ name, ...value }: ValueProps & { name: string }) {
  const { at, schema, isRequired, faults, fixed } = value;
  const wrong = faults.get(at);
  const form = formOf(schema);
  const isGroup = form === 'list' || form === 'record' || form === 'map';
  return (
    <FormGroup
      label={name}
      isRequired={isRequired ?? false}
      {...(isGroup ? { role: 'group' } : {})}
      fieldId={idOf(at)}
    >
      <Value {...value} {...(isGroup ? { label: name } : {})} />
      <div id={`${idOf(at)}-note`}>
        {wrong?.map((each) => (
          <p key={each} className="serai-fault serai-text">
            {each}
          </p>
        ))}
        <p className="serai-note">{fixed ?? note(schema)}</p>
      </div>
    </FormGroup>
  );
}

function note(schema: JsonSchema): string {
  const facts = [
    schema['x-serai-reference'] && `The name of a ${schema['x-serai-reference']}.`,
    schema['x-serai-duration'] && 'In seconds.',
    schema.default !== undefined && formOf(schema) === 'list' && text(schema.default) !== '[]'
      ? `By default ${text(schema.default)}.`
      : '',
  ];
  return [schema.description, ...facts].filter(Boolean).join(' ');
}

function Value(props: ValueProps): ReactNode {
  switch (formOf(props.schema)) {
    case 'choice':
      return <Choice {...props} />;
    case 'list':
      return <ListValue {...props} />;
    case 'record':
      return <RecordValue {...props} />;
    case 'map':
      return <MapValue {...props} />;
    case 'any':
      return <AnyValue {...props} />;
    case 'number':
      return <Line {...props} onText={numeric} />;
    case 'text':
      return props.schema.writeOnly ? (
        <Secret {...props} />
      ) : props.schema['x-serai-reference'] ? (
        <Reference {...props} kind={props.schema['x-serai-reference']} />
      ) : props.schema['x-serai-service'] ? (
        <Suggested {...props} list="services" asked={{}} />
      ) : (
        <Line {...props} />
      );
  }
}

interface LineProps extends ValueProps {
  /** What a text means. */
  onText?: (text: string) => unknown;
  type?: 'text' | 'password';
  list?: string;
}

function Line({ at, schema, isRequired, value, onChange, faults, fixed, ...more }: LineProps) {
  const { onText = (typed) => typed, type = 'text', list, label } = more;
  const shown = value === undefined ? '' : text(value);
  const [isLong] = useState(type === 'text' && (shown.includes('\n') || shown.length > LONG));
  const change = (typed: string) => {
    onChange(typed === '' && label === undefined ? undefined : onText(typed));
  };
  const common = {
    id: idOf(at),
    value: shown,
    isRequired: isRequired ?? false,
    validated: faults.has(at) ? ('error' as const) : ('default' as const),
    'aria-describedby': `${idOf(at)}-note`,
    spellCheck: false,
    ...(label === undefined ? {} : { 'aria-label': label }),
    ...(schema.default === undefined ? {} : { placeholder: text(schema.default) }),
  };
  return isLong ? (
    <TextArea
      {...common}
      rows={6}
      resizeOrientation="vertical"
      readOnly={fixed !== undefined}
      onChange={(_, typed) => change(typed)}
    />
  ) : (
    <TextInput
      {...common}
      type={type}
      autoComplete={type === 'password' ? 'new-password' : 'off'}
      {...(list === undefined ? {} : { list })}
      {...(fixed === undefined ? {} : { readOnlyVariant: 'default' as const })}
      onChange={(_, typed) => change(typed)}
    />
  );
}

function Choice(props: ValueProps) {
  const { at, schema, isRequired, value, onChange, faults, label } = props;
  const choices = choicesOf(schema).map(text);
  const isOther = value !== undefined && !choices.includes(text(value));
  if (isOther) {
    return (
      <InputGroup>
        <InputGroupItem isFill>
          <Line {...props} />
        </InputGroupItem>
        <InputGroupItem>
          <Button variant="control" onClick={() => onChange(undefined)}>
            Choose a value
          </Button>
        </InputGroupItem>
      </InputGroup>
    );
  }
  const none =
    schema.default !== undefined
      ? `${text(schema.default)} (default)`
      : isRequired
        ? 'Choose'
        : 'not set';
  return (
    <FormSelect
      id={idOf(at)}
      value={value === undefined ? '' : text(value)}
      validated={faults.has(at) ? 'error' : 'default'}
      aria-describedby={`${idOf(at)}-note`}
      {...(label === undefined ? {} : { 'aria-label': label })}
      onChange={(_, chosen) =>
        onChange(
          chosen === ''
            ? undefined
            : (choicesOf(schema).find((each) => text(each) === chosen) ?? chosen),
        )
      }
    >
      <FormSelectOption value="" label={none} />
      {choices.map((each) => (
        <FormSelectOption key={each} value={each} label={each} />
      ))}
      <FormSelectOption value={OTHER} label="a reference, such as ${NAME}" />
    </FormSelect>
  );
}

/** A value that the server never shows: it stays, is given anew, or is a reference. */
function Secret(props: ValueProps) {
  const { at, value, onChange } = props;
  const [kept] = useState(() =>
    typeof value === 'string' && SECRET.test(value) ? value : undefined,
  );
  if (kept !== undefined && value === kept) {
    return (
      <div className="serai-field-head" id={idOf(at)} tabIndex={-1}>
        <span>
          It is set: <code className="serai-text">{kept}</code>
        </span>
        <Button variant="secondary" size="sm" onClick={() => onChange('')}>
          Change it<span className="pf-v6-screen-reader">: {at}</span>
        </Button>
        {!props.isRequired && (
          <Button variant="link" size="sm" onClick={() => onChange(undefined)}>
            Take it away<span className="pf-v6-screen-reader">: {at}</span>
          </Button>
        )}
      </div>
    );
  }
  const isReference = typeof value === 'string' && value.startsWith(OTHER);
  return (
    <InputGroup>
      <InputGroupItem isFill>
        <Line {...props} type={isReference ? 'text' : 'password'} />
      </InputGroupItem>
      {kept !== undefined && (
        <InputGroupItem>
          <Button variant="control" onClick={() => onChange(kept)}>
            Leave it as it is<span className="pf-v6-screen-reader">: {at}</span>
          </Button>
        </InputGroupItem>
      )}
    </InputGroup>
  );
}

function Reference({ kind, ...props }: ValueProps & { kind: string }) {
  const { value } = props;
  return (
    <>
      <Suggested {...props} list="objects" asked={{ kind }} />
      {typeof value === 'string' && value !== '' && !value.includes('${') && (
        <Link to={`/${pathOf('objects', kind, value)}`} className="serai-text">
          Open {kind}/{value}
        </Link>
      )}
    </>
  );
}

/** A name that the server knows some of. */
function Suggested(props: ValueProps & { list: string; asked: Record<string, string> }) {
  const { list, asked, ...value } = props;
  const typed = useDeferredValue(value.value === undefined ? '' : text(value.value));
  const address = list + query({ ...asked, q: typed, sort: 'name', limit: SUGGESTED });
  const { data } = useQuery({
    queryKey: ['suggested', address],
    queryFn: ({ signal }) => call<Page<{ name: string }>>(address, { signal }),
    placeholderData: keepPreviousData,
  });
  const id = `${idOf(value.at)}-suggested`;
  return (
    <>
      <Line {...value} list={id} />
      <datalist id={id}>
        {data?.items.map(({ name }) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  );
}

function ListValue({ at, schema, value, onChange, faults, label = at }: ValueProps) {
  // A list of one may be written without its brackets.
  const items: unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
  const item = inherit(schema, schema.items ?? {});
  const isNested = formOf(item) === 'record';
  const set = (next: unknown[]) => onChange(next.length === 0 ? undefined : next);
  return (
    <div className="serai-inner" id={idOf(at)} tabIndex={-1}>
      {items.map((each, index) => {
        const inner = isNested ? `${at}[${index}]` : at;
        const one = (
          <Value
            at={isNested ? inner : `${at}[${index}]`}
            schema={item}
            value={each}
            label={`${label} ${index + 1}`}
            onChange={(next) => set(items.map((old, i) => (i === index ? (next ?? '') : old)))}
            faults={faults}
          />
        );
        const remove = (
          <Button variant="link" isDanger onClick={() => set(items.filter((_, i) => i !== index))}>
            Remove<span className="pf-v6-screen-reader"> {`${label} ${index + 1}`}</span>
          </Button>
        );
        return isNested ? (
          <div key={index} role="group" aria-label={`${label} ${index + 1}`}>
            <div className="serai-field-head">
              <strong>
                {label} {index + 1}
              </strong>
              {remove}
            </div>
            {faults.get(inner)?.map((fault) => (
              <p key={fault} className="serai-fault serai-text">
                {fault}
              </p>
            ))}
            <div className="serai-inner">{one}</div>
          </div>
        ) : (
          <InputGroup key={index}>
            <InputGroupItem isFill>{one}</InputGroupItem>
            <InputGroupItem>{remove}</InputGroupItem>
          </InputGroup>
        );
      })}
      <Button variant="secondary" size="sm" onClick={() => set([...items, isNested ? {} : ''])}>
        Add to {label}
      </Button>
    </div>
  );
}

function RecordValue({ at, schema, value, onChange, faults, isRequired, label }: ValueProps) {
  const isItem = at.endsWith(']');
  if (value === undefined && !isRequired) {
    return (
      <Button id={idOf(at)} variant="secondary" size="sm" onClick={() => onChange({})}>
        Set {label ?? at}
      </Button>
    );
  }
  const record = (
    <RecordForm
      schema={schema}
      fields={(value ?? {}) as Fields}
      onChange={onChange}
      at={at}
      faults={faults}
    />
  );
  return isItem ? (
    record
  ) : (
    <div className="serai-inner" id={idOf(at)} tabIndex={-1}>
      {!isRequired && (
        <Button variant="link" isDanger onClick={() => onChange(undefined)}>
          Take {label ?? at} away
        </Button>
      )}
      {record}
    </div>
  );
}

function MapValue({ at, schema, value, onChange, faults, label = at }: ValueProps) {
  const inner = schema.additionalProperties;
  const item = inherit(schema, typeof inner === 'object' ? inner : {});
  const entries = Object.entries((value ?? {}) as Fields);
  const set = (next: [string, unknown][]) =>
    onChange(next.length === 0 ? undefined : Object.fromEntries(next));
  const [isAdding, setAdding] = useState(false);
  return (
    <div className="serai-inner" id={idOf(at)} tabIndex={-1}>
      {entries.map(([key, each], index) => (
        <InputGroup key={key}>
          <InputGroupItem>
            <TextInput
              readOnlyVariant="default"
              aria-label={`${label}, name ${index + 1}`}
              value={key}
            />
          </InputGroupItem>
          <InputGroupItem isFill>
            <Value
              at={`${at}.${key}`}
              schema={item}
              value={each}
              label={`${label} ${key}`}
              onChange={(next) =>
                set(entries.map((old, i) => (i === index ? [key, next ?? ''] : old)))
              }
              faults={faults}
            />
          </InputGroupItem>
          <InputGroupItem>
            <Button
              variant="link"
              isDanger
              onClick={() => set(entries.filter((_, i) => i !== index))}
            >
              Remove<span className="pf-v6-screen-reader"> {`${label} ${key}`}</span>
            </Button>
          </InputGroupItem>
        </InputGroup>
      ))}
      {isAdding ? (
        <NewEntry
          label={label}
          taken={entries.map(([key]) => key)}
          onAdd={(key) => {
            setAdding(false);
            if (key !== '') {
              set([...entries, [key, '']]);
            }
          }}
        />
      ) : (
        <Button variant="secondary" size="sm" onClick={() => setAdding(true)}>
          Add to {label}
        </Button>
      )}
    </div>
  );
}

function NewEntry(props: { label: string; taken: string[]; onAdd: (key: string) => void }) {
  const { label, taken, onAdd } = props;
  const [key, setKey] = useState('');
  const isTaken = taken.includes(key);
  return (
    <InputGroup>
      <InputGroupItem isFill>
        <TextInput
          aria-label={`${label}, new name`}
          placeholder="name"
          value={key}
          validated={isTaken ? 'error' : 'default'}
          onChange={(_, text) => setKey(text)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              if (!isTaken) {
                onAdd(key);
              }
            }
          }}
        />
      </InputGroupItem>
      <InputGroupItem>
        <Button variant="control" isDisabled={isTaken || key === ''} onClick={() => onAdd(key)}>
          Add
        </Button>
      </InputGroupItem>
      <InputGroupItem>
        <Button variant="link" onClick={() => onAdd('')}>
          Cancel
        </Button>
      </InputGroupItem>
    </InputGroup>
  );
}

/** Anything: JSON if it is some, else a text. */
function AnyValue({ at, value, onChange, faults, label }: ValueProps) {
  const [typed, setTyped] = useState(() =>
    value === undefined
      ? ''
      : typeof value === 'string' && asJson(value) === value
        ? value
        : JSON.stringify(value, null, 2),
  );
  return (
    <TextArea
      id={idOf(at)}
      className="serai-code"
      rows={4}
      resizeOrientation="vertical"
      spellCheck={false}
      value={typed}
      placeholder="a text, or JSON"
      validated={faults.has(at) ? 'error' : 'default'}
      aria-describedby={`${idOf(at)}-note`}
      {...(label === undefined ? {} : { 'aria-label': label })}
      onChange={(_, next) => {
        setTyped(next);
        onChange(next === '' ? undefined : asJson(next));
      }}
    />
  );
}

function asJson(typed: string): unknown {
  try {
    return JSON.parse(typed);
  } catch {
    return typed;
  }
}

/** What holds for a list or map holds for what is in it. */
function inherit(whole: JsonSchema, part: JsonSchema): JsonSchema {
  return whole.writeOnly ? { ...part, writeOnly: true } : part;
}

/** The id of the input of a field. */
export function idOf(at: string): string {
  return `field-${at}`;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
