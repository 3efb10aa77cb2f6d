import { createStore, useStore } from '../api/store';

/** A text that is not saved yet, as this browser keeps it. */
export interface Draft {
  text: string;
  /** The file that it was made of; null if there was none. */
  etag: string | null;
  at: string;
}

const PREFIX = 'serai.draft:';

/** Counts the changes of drafts, of other tabs too. */
const changes = createStore(0);
window.addEventListener('storage', ({ key }) => {
  if (key === null || key.startsWith(PREFIX)) {
    changed();
  }
});

/** The draft of a file. */
export function findDraft(user: string, file: string): Draft | undefined {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(user, file)) ?? 'null') as Draft | null;
    return typeof kept?.text === 'string' ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a draft; answers whether this browser does. */
export function keepDraft(user: string, file: string, text: string, etag: string | null): boolean {
  const key = keyOf(user, file);
  const isNew = findDraft(user, file) === undefined;
  try {
    const draft: Draft = { text, etag, at: new Date().toISOString() };
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    return false;
  }
  if (isNew) {
    changed();
  }
  return true;
}

/** Forgets a draft. */
export function dropDraft(user: string, file: string): void {
  try {
    if (localStorage.getItem(keyOf(user, file)) !== null) {
      localStorage.removeItem(keyOf(user, file));
      changed();
    }
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/** The files that a user has drafts of. */
export function useDrafts(user: string): string[] {
  useStore(changes);
  const own = ownKey(user);
  try {
    return Object.keys(localStorage)
      .filter((key) => key.startsWith(own))
      .map((key) => key.slice(own.length))
      .sort();
  } catch {
    return [];
  }
}

function keyOf(user: string, file: string): string {
  return ownKey(user) + file;
}

function ownKey(user: string): string {
  return `${PREFIX}${encodeURIComponent(user)}:`;
}

function changed(): void {
  changes.set(changes.get() + 1);
}
