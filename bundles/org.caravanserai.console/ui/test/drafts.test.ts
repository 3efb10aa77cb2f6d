import { beforeEach, describe, expect, it, vi } from 'vitest';
import { dropDraft, findDraft, keepDraft } from '../src/ide/drafts';
import { mistakeIn, TEMPLATES } from '../src/ide/templates';

beforeEach(() => localStorage.clear());

describe('drafts', () => {
  it('are of one user and one file', () => {
    expect(keepDraft('ann', 'deploy/A.java', 'text', 'hash')).toBe(true);
    expect(findDraft('ann', 'deploy/A.java')).toMatchObject({ text: 'text', etag: 'hash' });
    expect(findDraft('ann', 'deploy/B.java')).toBeUndefined();
    expect(findDraft('bob', 'deploy/A.java')).toBeUndefined();
    expect(findDraft('ann:deploy', 'A.java')).toBeUndefined();
    dropDraft('ann', 'deploy/A.java');
    expect(findDraft('ann', 'deploy/A.java')).toBeUndefined();
  });

  it('say when there is no room for them', () => {
    const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    expect(keepDraft('ann', 'deploy/A.java', 'text', null)).toBe(false);
    full.mockRestore();
  });

  it('that are no drafts are none', () => {
    localStorage.setItem('serai.draft:ann:A', '{"text":1}');
    localStorage.setItem('serai.draft:ann:B', '{');
    expect(findDraft('ann', 'A')).toBeUndefined();
    expect(findDraft('ann', 'B')).toBeUndefined();
  });
});

describe('templates', () => {
  it('take the names that will do', () => {
    expect(mistakeIn('service', 'OrderCheck')).toBeUndefined();
    expect(mistakeIn('service', 'order-check')).toBeDefined();
    expect(mistakeIn('camel', 'order-check')).toBeUndefined();
    expect(mistakeIn('camel', '../x')).toBeDefined();
    expect(mistakeIn('configuration', 'serai-x')).toBeUndefined();
    expect(mistakeIn('configuration', 'x')).toBeDefined();
  });

  it('name a service after its class', () => {
    expect(TEMPLATES['service']?.text('OrderCheck')).toContain('@ServiceName("my.order-check")');
  });
});
