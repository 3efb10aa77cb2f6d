import { useEffect, useEffectEvent } from 'react';
import { findSession } from './client';

const REOPEN_MILLIS = 2_000;

export interface EventHandlers {
  /** Called with the data of each event, by the event's type. */
  on: Record<string, (data: unknown) => void>;
  /** Called when the stream is open, also for the second time: something may have been missed. */
  opened?: () => void;
  /** Called when the stream is gone. */
  closed?: () => void;
}

/**
 * Listens to the server's events while the component is there and the page can be seen. A browser
 * has six connections for a server: pages in the background give theirs back.
 */
export function useEvents(query: string, isWanted: boolean, handlers: EventHandlers): void {
  const names = Object.keys(handlers.on).join();
  const received = useEffectEvent((name: string, data: unknown) => handlers.on[name]?.(data));
  const opened = useEffectEvent(() => handlers.opened?.());
  const closed = useEffectEvent(() => handlers.closed?.());

  useEffect(() => {
    if (!isWanted) {
      return undefined;
    }
    let source: EventSource | undefined;
    let timer: number | undefined;
    const close = () => {
      window.clearTimeout(timer);
      source?.close();
      source = undefined;
    };
    const open = () => {
      close();
      const made = new EventSource(`/api/v1/events${query}`);
      source = made;
      made.onopen = opened;
      made.onerror = () => {
        closed();
        // The browser tries again by itself after a broken connection, and never after a refusal.
        if (made.readyState === EventSource.CLOSED) {
          timer = window.setTimeout(open, REOPEN_MILLIS);
        }
        findSession().catch(() => undefined);
      };
      for (const name of names.split(',')) {
        made.addEventListener(name, (event) => {
          received(name, JSON.parse((event as MessageEvent<string>).data));
        });
      }
    };
    const seen = () => {
      if (document.visibilityState === 'hidden') {
        close();
      } else if (source === undefined) {
        open();
      }
    };
    document.addEventListener('visibilitychange', seen);
    seen();
    return () => {
      document.removeEventListener('visibilitychange', seen);
      close();
    };
  }, [query, isWanted, names]);
}
