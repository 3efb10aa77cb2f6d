import { useEffect, useEffectEvent } from 'react';
import { findSession } from './client';
import type { LogLevel, LogLine } from './types';

const REOPEN_MILLIS = 2_000;
const LEVELS: LogLevel[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR'];

export interface EventHandlers {
  /** Called with the data of each event, by the event's type. */
  on: Record<string, (data: unknown) => void>;
  /** Called when the stream is open, also for the second time: something may have been missed. */
  opened?: () => void;
  /** Called when the stream is gone. */
  closed?: () => void;
}

/** Somebody who listens. */
interface Listener {
  types: string[];
  /** Which log lines are wanted; of all if it is empty. */
  filter: URLSearchParams;
  received: (type: string, data: unknown) => void;
  opened: () => void;
  closed: () => void;
}

/**
 * Listens to the server's events while the component is there and the page can be seen. All
 * listeners of a page share one stream: a browser has six connections for a server, and pages in
 * the background give theirs back.
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
    const filter = new URLSearchParams(query);
    filter.delete('types');
    filter.sort();
    return stream.add({
      types: names.split(',').filter((name) => name !== 'lost'),
      filter,
      received: (name, data) => received(name, data),
      opened: () => opened(),
      closed: () => closed(),
    });
  }, [query, isWanted, names]);
}

/** The address of the stream that has what all listeners want. */
export function streamAddress(listeners: Pick<Listener, 'types' | 'filter'>[]): string {
  const types = [...new Set(listeners.flatMap((each) => each.types))].sort();
  const filters = new Set(
    listeners.filter((each) => each.types.includes('log')).map((each) => each.filter.toString()),
  );
  // Lines that only some listeners want are sent to all, and left out here.
  const [filter] = filters.size === 1 ? filters : [''];
  return `/api/v1/events?types=${types.join()}${filter ? `&${filter}` : ''}`;
}

/** Whether a line is one of those that a filter wants, as the server decides it. */
export function takes(filter: URLSearchParams, line: LogLine): boolean {
  const level = filter.get('level')?.toUpperCase() ?? '';
  const text = filter.get('text')?.toLowerCase() ?? '';
  const service = filter.get('service') ?? '';
  const cid = filter.get('cid') ?? '';
  return (
    LEVELS.indexOf(line.level) >= LEVELS.findIndex((each) => each === level) &&
    line.logger.startsWith(filter.get('logger') ?? '') &&
    (service === '' || service.split(',').includes(line.logger)) &&
    (cid === '' || line.cid === cid) &&
    [line.message, line.exception ?? ''].some((each) => each.toLowerCase().includes(text))
  );
}

/** The one stream of this page. */
class Stream {
  private readonly listeners = new Set<Listener>();
  private source: EventSource | undefined;
  private address = '';
  private lastId = '';
  private timer: number | undefined;
  private isPlanned = false;

  constructor() {
    document.addEventListener('visibilitychange', () => this.adapt());
  }

  /** Begins to tell a listener; answers how to end that. */
  add(listener: Listener): () => void {
    this.listeners.add(listener);
    this.plan(listener);
    return () => {
      this.listeners.delete(listener);
      this.plan();
    };
  }

  /** Adapts the stream once all that come and go together have done so. */
  private plan(added?: Listener): void {
    const isOpen = this.source?.readyState === EventSource.OPEN;
    const before = this.source;
    if (added && isOpen) {
      queueMicrotask(() => this.source === before && added.opened());
    }
    if (!this.isPlanned) {
      this.isPlanned = true;
      queueMicrotask(() => {
        this.isPlanned = false;
        this.adapt();
      });
    }
  }

  private adapt(): void {
    if (this.listeners.size === 0 || document.visibilityState === 'hidden') {
      this.close();
      return;
    }
    const address = streamAddress([...this.listeners]);
    if (this.source === undefined || address !== this.address) {
      this.address = address;
      this.open();
    }
  }

  private open(): void {
    this.close();
    const after = this.lastId === '' ? '' : `&after=${this.lastId}`;
    const made = new EventSource(this.address + after);
    this.source = made;
    made.onopen = () => this.listeners.forEach((each) => each.opened());
    made.onerror = () => {
      this.listeners.forEach((each) => each.closed());
      // The browser tries again by itself after a broken connection, and never after a refusal.
      if (made.readyState === EventSource.CLOSED) {
        this.timer = window.setTimeout(() => this.open(), REOPEN_MILLIS);
      }
      findSession().catch(() => undefined);
    };
    const types = new Set([...this.listeners].flatMap((each) => each.types)).add('lost');
    for (const type of types) {
      made.addEventListener(type, (event) => {
        const { data, lastEventId } = event as MessageEvent<string>;
        this.lastId = lastEventId || this.lastId;
        this.tell(type, JSON.parse(data));
      });
    }
  }

  private tell(type: string, data: unknown): void {
    for (const each of this.listeners) {
      const isWanted =
        type === 'lost' ||
        (each.types.includes(type) && (type !== 'log' || takes(each.filter, data as LogLine)));
      if (isWanted) {
        each.received(type, data);
      }
    }
  }

  private close(): void {
    window.clearTimeout(this.timer);
    this.source?.close();
    this.source = undefined;
  }
}

const stream = new Stream();
