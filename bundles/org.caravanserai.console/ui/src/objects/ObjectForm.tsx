import {
  ActionGroup,
  Alert,
  AlertActionLink,
  Button,
  Form,
  List,
  ListItem,
  ToggleGroup,
  ToggleGroupItem,
} from '@patternfly/react-core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router';
import { call, path, Problem } from '../api/client';
import type { KindAnswer, ObjectAnswer, PingAnswer } from '../api/types';
import { useNotices } from '../frame/Notices';
import { Diff } from '../shared/Diff';
import { DocumentArea } from '../shared/DocumentArea';
import { duration } from '../shared/format';
import { ProblemAlert } from '../shared/ProblemAlert';
import { Unsaved } from '../shared/Unsaved';
import { idOf, RecordForm } from './FieldForm';
import { faultsOf, merge, type Fields, type Merged } from './fields';

const NO_FAULTS = new Map<string, string[]>();

interface Props {
  kind: KindAnswer;
  /** The object that is changed, as it was when that began; none for a new one. */
  object?: ObjectAnswer;
  /** What a new one begins with. */
  template?: Fields;
  /** The object as it is now, if it is another one. */
  changedTo?: ObjectAnswer | undefined;
  onCancel: () => void;
}

/** What is edited: fields, or a YAML text. */
type Draft = { as: 'form'; fields: Fields } | { as: 'yaml'; text: string };

/** Makes or changes an object, as a form or as YAML. */
export function ObjectForm({ kind, object, template = {}, changedTo, onCancel }: Props) {
  const [base, setBase] = useState({ etag: object?.etag, fields: object?.fields ?? template });
  const [draft, setDraft] = useState<Draft>({ as: 'form', fields: base.fields });
  const [drawn, setDrawn] = useState(0);
  const [conflict, setConflict] = useState<{ theirs: ObjectAnswer; mine: Fields }>();
  const isDirty = useRef(false);
  const asDirty = useCallback(() => isDirty.current, []);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const notify = useNotices();

  const edit = (next: Draft) => {
    isDirty.current = true;
    setDraft(next);
  };
  const redraw = (fields: Fields) => {
    save.reset();
    setDraft({ as: 'form', fields });
    setDrawn((times) => times + 1);
  };

  const save = useMutation({
    mutationFn: async () => {
      const name = object?.name ?? (await nameOf(draft, kind));
      return call<ObjectAnswer>(path('objects', kind.name, name), {
        method: 'PUT',
        ...bodyOf(draft),
        headers:
          base.etag === undefined ? { 'If-None-Match': '*' } : { 'If-Match': `"${base.etag}"` },
      });
    },
    onSuccess: (saved) => {
      isDirty.current = false;
      notify('success', `${saved.kind}/${saved.name} is saved; it is ${saved.state}.`);
      queries.setQueryData(['object', saved.kind, saved.name], saved);
      void queries.invalidateQueries();
      void navigate(`/${path('objects', saved.kind, saved.name)}`);
    },
    onError: (failure) => {
      if (failure instanceof Problem && failure.status === 412 && object) {
        compare.mutate(undefined);
      }
    },
  });
  const compare = useMutation({
    mutationFn: async (known: ObjectAnswer | undefined) => ({
      theirs: known ?? (await call<ObjectAnswer>(path('objects', kind.name, object?.name ?? ''))),
      mine: await fieldsOf(draft),
    }),
    onSuccess: setConflict,
  });
  const test = useMutation({
    mutationFn: () =>
      call<PingAnswer>(path('kinds', kind.name, 'test'), { method: 'POST', ...bodyOf(draft) }),
  });
  const turn = useMutation({
    mutationFn: async (to: Draft['as']) => {
      const { fields, yaml } = await convert(draft);
      return to === 'yaml' ? { as: to, text: yaml } : { as: to, fields };
    },
    onSuccess: (turned) => {
      save.reset();
      test.reset();
      setDraft(turned);
    },
  });

  const failure = save.error ?? test.error ?? turn.error;
  const faults =
    draft.as === 'form' && failure instanceof Problem
      ? faultsOf(draft.fields, failure.diagnostics)
      : NO_FAULTS;
  const isOutdated = changedTo !== undefined && changedTo.etag !== base.etag;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!save.isPending) {
      test.reset();
      save.mutate();
    }
  };

  if (conflict) {
    return (
      <Conflict
        base={base.fields}
        {...conflict}
        onChosen={(fields) => {
          setConflict(undefined);
          setBase({ etag: conflict.theirs.etag, fields: conflict.theirs.fields });
          redraw(fields);
        }}
      />
    );
  }
  return (
    <Form onSubmit={submit} className="serai-wide" noValidate>
      <Unsaved isDirty={asDirty} />
      {isOutdated && (
        <Alert
          component="p"
          isInline
          variant="warning"
          title="Somebody else has changed it since you began"
          actionLinks={
            <AlertActionLink onClick={() => compare.mutate(changedTo)}>
              Compare with yours
            </AlertActionLink>
          }
        />
      )}
      <ToggleGroup aria-label="How it is edited">
        {(['form', 'yaml'] as const).map((as) => (
          <ToggleGroupItem
            key={as}
            buttonId={`as-${as}`}
            text={as === 'form' ? 'Form' : 'YAML'}
            isSelected={draft.as === as}
            onChange={() => draft.as !== as && turn.mutate(as)}
          />
        ))}
      </ToggleGroup>
      {draft.as === 'form' ? (
        <>
          {failure && <Refused failure={failure} faults={faults} kind={kind.name} />}
          <RecordForm
            key={drawn}
            schema={kind.schema}
            fields={draft.fields}
            faults={faults}
            onChange={(fields) => edit({ as: 'form', fields })}
            {...(object
              ? { fixed: { name: kind.key, why: 'Its name stays; copy it to have another.' } }
              : {})}
          />
        </>
      ) : (
        <>
          {failure && !hasPlaces(failure) && <ProblemAlert failure={failure} />}
          <DocumentArea
            id="yaml"
            label="YAML"
            value={draft.text}
            failure={failure}
            onChange={(text) => edit({ as: 'yaml', text })}
          />
        </>
      )}
      {compare.error && <ProblemAlert failure={compare.error} />}
      <div aria-live="polite">
        {test.data && (
          <Alert
            component="p"
            variant="success"
            isInline
            title={`It answers, in ${duration(test.data.millis)}`}
          >
            <span className="serai-text">{test.data.details}</span>
          </Alert>
        )}
      </div>
      <ActionGroup>
        <Button type="submit" isLoading={save.isPending} isDisabled={save.isPending}>
          Save
        </Button>
        {kind.isConnection && (
          <Button
            variant="secondary"
            isLoading={test.isPending}
            isDisabled={test.isPending}
            onClick={() => {
              save.reset();
              test.mutate();
            }}
          >
            Test
          </Button>
        )}
        <Button variant="link" onClick={onCancel}>
          Cancel
        </Button>
        {draft.as === 'form' && object && (
          <Button
            variant="link"
            onClick={() => {
              isDirty.current = false;
              redraw(base.fields);
            }}
          >
            Start over
          </Button>
        )}
      </ActionGroup>
    </Form>
  );
}

/** Why it was refused; what is wrong with a field leads to it. */
function Refused(props: { failure: Error; faults: Map<string, string[]>; kind: string }) {
  const { failure, faults, kind } = props;
  if (!hasPlaces(failure)) {
    return <ProblemAlert failure={failure} />;
  }
  return (
    <Alert
      component="p"
      variant="danger"
      isInline
      title={`This is no ${kind}; nothing has changed`}
    >
      <List isPlain>
        {[...faults].flatMap(([at, texts]) =>
          texts.map((text) => (
            <ListItem key={`${at} ${text}`}>
              {at !== '' && (
                <Button
                  variant="link"
                  isInline
                  onClick={() => document.getElementById(idOf(at))?.focus()}
                >
                  {at}
                </Button>
              )}{' '}
              <span className="serai-text">{text}</span>
            </ListItem>
          )),
        )}
      </List>
    </Alert>
  );
}

interface ConflictProps {
  base: Fields;
  mine: Fields;
  theirs: ObjectAnswer;
  onChosen: (fields: Fields) => void;
}

/** Two have changed the same object: shows both, and lets one be chosen, or both be merged. */
function Conflict({ base, mine, theirs, onChosen }: ConflictProps) {
  const merged: Merged = merge(base, mine, theirs.fields);
  return (
    <div className="serai-wide">
      <Alert
        component="p"
        isInline
        variant="warning"
        title="Somebody else has changed it since you began; nothing is saved yet"
      >
        <p>The lines with - are as they are now, those with + are yours.</p>
        {merged.conflicts.length > 0 && (
          <p className="serai-text">Both have changed: {merged.conflicts.join(', ')}.</p>
        )}
      </Alert>
      <div className="serai-part">
        <Diff label="Theirs and yours" before={pretty(theirs.fields)} after={pretty(mine)} />
      </div>
      <ActionGroup className="serai-part">
        <Button onClick={() => onChosen(merged.fields)}>
          {merged.conflicts.length > 0 ? 'Merge, yours where both differ' : 'Merge both'}
        </Button>
        <Button variant="secondary" onClick={() => onChosen(mine)}>
          Go on with yours
        </Button>
        <Button variant="secondary" onClick={() => onChosen(theirs.fields)}>
          Take theirs
        </Button>
      </ActionGroup>
    </div>
  );
}

function pretty(fields: Fields): string {
  return JSON.stringify(fields, null, 2);
}

function hasPlaces(failure: unknown): boolean {
  return failure instanceof Problem && failure.diagnostics.length > 0;
}

function bodyOf(draft: Draft) {
  return draft.as === 'form'
    ? { body: pretty(draft.fields), contentType: 'application/json' }
    : { body: draft.text, contentType: 'application/yaml' };
}

function convert(draft: Draft): Promise<{ fields: Fields; yaml: string }> {
  return call('config/convert', { method: 'POST', ...bodyOf(draft) });
}

async function fieldsOf(draft: Draft): Promise<Fields> {
  return draft.as === 'form' ? draft.fields : (await convert(draft)).fields;
}

async function nameOf(draft: Draft, { name, key }: KindAnswer): Promise<string> {
  const found = (await fieldsOf(draft))[key];
  if (typeof found === 'string' && found.trim() !== '') {
    return found;
  }
  throw new Problem(422, 'Unprocessable Content', '', '', [
    {
      file: name,
      line: 1,
      column: 1,
      severity: 'error',
      message: `missing field \`${key}\` of \`${name}\``,
    },
  ]);
}
