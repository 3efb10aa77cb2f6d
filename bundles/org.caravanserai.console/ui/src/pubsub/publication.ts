import type { MessageInfo } from '../api/types';
import { isJson, pretty } from '../shared/json';

/** What a message's data may be. */
export const FORMATS = ['json', 'text', 'bytes'] as const;
export type Format = (typeof FORMATS)[number];

/** A message as a form has it. */
export interface Draft {
  topic: string;
  format: Format;
  data: string;
  contentType: string;
  priority: string;
  expiration: string;
  correlId: string;
  inReplyTo: string;
  extClientId: string;
  properties: string;
}

/** A draft of a message to a topic, like another one if there is one. */
export function draftOf(topic: string, message?: MessageInfo): Draft {
  const data = message?.data ?? '';
  return {
    topic,
    format: message?.format ?? 'json',
    data: message?.format === 'json' ? pretty(data) : data,
    contentType: message?.contentType ?? '',
    priority: String(message?.priority ?? 5),
    expiration: '',
    correlId: message?.correlId ?? '',
    inReplyTo: message?.inReplyTo ?? '',
    extClientId: message?.extClientId ?? '',
    properties:
      message && Object.keys(message.properties).length > 0
        ? JSON.stringify(message.properties, null, 2)
        : '',
  };
}

/** Why a draft is no message, by its fields. */
export function mistakesOf(draft: Draft): Partial<Record<keyof Draft, string>> {
  const mistakes: Partial<Record<keyof Draft, string>> = {};
  if (draft.format === 'json' && (!isJson(draft.data) || draft.data.trim() === 'null')) {
    mistakes.data = 'Not JSON, or null, which is no data.';
  }
  if (draft.properties.trim() !== '' && !isObject(draft.properties)) {
    mistakes.properties = 'Not a JSON object.';
  }
  return mistakes;
}

/** The body of an edit. */
export function editOf(draft: Draft): string {
  return object([
    dataOf(draft),
    `"content_type":${draft.contentType === '' ? 'null' : JSON.stringify(draft.contentType)}`,
    `"properties":${draft.properties.trim() || '{}'}`,
  ]);
}

/** The body of a publication. */
export function publicationOf(draft: Draft): string {
  return object([
    dataOf(draft),
    given('content_type', draft.contentType),
    draft.priority === '' ? '' : `"priority":${draft.priority}`,
    draft.expiration === '' ? '' : `"expiration":${draft.expiration}`,
    given('correl_id', draft.correlId),
    given('in_reply_to', draft.inReplyTo),
    given('ext_client_id', draft.extClientId),
    draft.properties.trim() === '' ? '' : `"properties":${draft.properties}`,
  ]);
}

// JSON goes as it was written: numbers stay exact.
function dataOf({ format, data }: Draft): string {
  switch (format) {
    case 'json':
      return `"data":${data}`;
    case 'text':
      return `"data":${JSON.stringify(data)}`;
    case 'bytes':
      return `"data_base64":${JSON.stringify(data.replaceAll(/\s/g, ''))}`;
  }
}

function given(name: string, value: string): string {
  return value === '' ? '' : `"${name}":${JSON.stringify(value)}`;
}

function object(members: string[]): string {
  return `{${members.filter((each) => each !== '').join(',')}}`;
}

function isObject(text: string): boolean {
  return isJson(text) && text.trim().startsWith('{');
}
