import { describe, expect, it } from 'vitest';
import type { MessageInfo } from '../src/api/types';
import { hexOf } from '../src/pubsub/data';
import { draftOf, editOf, mistakesOf, publicationOf } from '../src/pubsub/publication';

const MESSAGE: MessageInfo = {
  number: 1,
  msgId: 'm1',
  topic: 'a',
  format: 'json',
  contentType: 'application/json',
  size: 10,
  priority: 9,
  pubTime: '2026-01-31T12:00:00Z',
  cid: '',
  deliveries: 0,
  properties: { shop: 'north' },
  data: '{"id":12345678901234567890}',
};

describe('a draft', () => {
  it('of a message is published as the message was, its numbers exact', () => {
    expect(publicationOf(draftOf('a', MESSAGE)).replaceAll(/\s/g, '')).toBe(
      '{"data":{"id":12345678901234567890},"content_type":"application/json","priority":9,"properties":{"shop":"north"}}',
    );
  });

  it('changes all that an edit can change', () => {
    const draft = { ...draftOf('a', MESSAGE), format: 'text' as const, data: 'a "b"' };
    expect(editOf({ ...draft, contentType: '', properties: '' })).toBe(
      '{"data":"a \\"b\\"","content_type":null,"properties":{}}',
    );
    expect(publicationOf({ ...draftOf('a'), format: 'bytes', data: 'AA\nE=' })).toBe(
      '{"data_base64":"AAE=","priority":5}',
    );
  });

  it('says what is wrong with it', () => {
    expect(Object.keys(mistakesOf({ ...draftOf('a'), data: '{', properties: '[]' }))).toEqual([
      'data',
      'properties',
    ]);
    expect(mistakesOf({ ...draftOf('a'), data: '1' })).toEqual({});
    expect(mistakesOf({ ...draftOf('a'), data: 'null' }).data).toBeDefined();
  });
});

describe('hexOf', () => {
  it('shows offset, bytes and what is ASCII of them', () => {
    expect(hexOf(new TextEncoder().encode('0123456789abcdef\n'))).toBe(
      `000000  30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66  0123456789abcdef
000010  0a${' '.repeat(45)}  .`,
    );
  });
});
