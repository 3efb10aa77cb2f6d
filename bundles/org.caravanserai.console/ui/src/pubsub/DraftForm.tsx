import {
  ExpandableSection,
  Form,
  FormGroup,
  FormHelperText,
  FormSelect,
  FormSelectOption,
  HelperText,
  HelperTextItem,
  TextArea,
  TextInput,
} from '@patternfly/react-core';
import type { FormEvent, ReactNode } from 'react';
import { FORMATS, mistakesOf, type Draft } from './publication';

const FORMAT_TITLES = { json: 'JSON', text: 'Text', bytes: 'Bytes, as base64' };

interface Props {
  id: string;
  draft: Draft;
  onChange: (draft: Draft) => void;
  onSubmit: () => void;
  /** Whether it is a message that is there already, of which only data and properties change. */
  isEdit?: boolean;
}

/** The fields of a message. */
export function DraftForm({ id, draft, onChange, onSubmit, isEdit = false }: Props) {
  const mistakes = mistakesOf(draft);
  const change = (changes: Partial<Draft>) => onChange({ ...draft, ...changes });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (Object.keys(mistakes).length === 0) {
      onSubmit();
    }
  };
  const text = (field: keyof Draft, label: string, type: 'text' | 'number' = 'text') => (
    <FormGroup label={label} fieldId={`${id}-${field}`}>
      <TextInput
        id={`${id}-${field}`}
        type={type}
        value={draft[field]}
        onChange={(_, value) => change({ [field]: value })}
      />
    </FormGroup>
  );
  const properties = (
    <FormGroup label="Properties, a JSON object" fieldId={`${id}-properties`}>
      <TextArea
        id={`${id}-properties`}
        className="serai-code"
        rows={3}
        resizeOrientation="vertical"
        spellCheck={false}
        placeholder='{"name": "value"}'
        value={draft.properties}
        onChange={(_, value) => change({ properties: value })}
      />
      <Mistake>{mistakes.properties}</Mistake>
    </FormGroup>
  );
  return (
    <Form id={id} onSubmit={submit}>
      {!isEdit && text('topic', 'Topic or queue')}
      <FormGroup label="Format" fieldId={`${id}-format`}>
        <FormSelect
          id={`${id}-format`}
          value={draft.format}
          onChange={(_, value) => change({ format: value as Draft['format'] })}
        >
          {FORMATS.map((each) => (
            <FormSelectOption key={each} value={each} label={FORMAT_TITLES[each]} />
          ))}
        </FormSelect>
      </FormGroup>
      <FormGroup label="Data" fieldId={`${id}-data`}>
        <TextArea
          id={`${id}-data`}
          className="serai-code"
          rows={10}
          resizeOrientation="vertical"
          spellCheck={false}
          value={draft.data}
          onChange={(_, value) => change({ data: value })}
        />
        <Mistake>{mistakes.data}</Mistake>
      </FormGroup>
      {isEdit ? (
        <>
          {text('contentType', 'Content type')}
          {properties}
        </>
      ) : (
        <ExpandableSection toggleText="More">
          <div className="pf-v6-c-form">
            {text('priority', 'Priority, 0 to 9, 9 first', 'number')}
            {text('expiration', 'Expires after so many seconds', 'number')}
            {text('contentType', 'Content type')}
            {text('correlId', 'Belongs to (correl_id)')}
            {text('inReplyTo', 'Answers the message (in_reply_to)')}
            {text('extClientId', 'Client (ext_client_id)')}
            {properties}
          </div>
        </ExpandableSection>
      )}
    </Form>
  );
}

function Mistake({ children }: { children: ReactNode }) {
  return (
    children !== undefined && (
      <FormHelperText>
        <HelperText isLiveRegion>
          <HelperTextItem variant="warning">{children}</HelperTextItem>
        </HelperText>
      </FormHelperText>
    )
  );
}
