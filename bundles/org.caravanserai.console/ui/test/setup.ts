import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';
import { reachableStore, sessionStore } from '../src/api/client';

// A limit for machines that have much else to do.
configure({ asyncUtilTimeout: 30_000 });

// What jsdom lacks and the console asks a browser for.
class NoEvents {
  static readonly CLOSED = 2;
  readyState = 0;
  addEventListener() {}
  close() {}
}
vi.stubGlobal('EventSource', NoEvents);
vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }));
Element.prototype.scrollTo = () => undefined;
URL.createObjectURL = () => 'blob:test';

afterEach(() => {
  cleanup();
  sessionStore.set({ is: 'unknown' });
  reachableStore.set(true);
  window.history.replaceState(null, '', '/');
});
