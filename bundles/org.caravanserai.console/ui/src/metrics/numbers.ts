import type { History } from '../api/types';
import { bytes, count, duration } from '../shared/format';

/** The units of numbers: how a value is written, and what the field of a chart says. */
export const UNITS = {
  rate: { text: (value: number) => `${decimal(value)} /s` },
  seconds: { text: (value: number) => duration(value * 1000) },
  bytes: { text: bytes },
  share: { text: (value: number) => `${(value * 100).toFixed(value < 0.1 ? 1 : 0)} %` },
  count: { text: (value: number) => count(Math.round(value * 10) / 10) },
};

export type Unit = keyof typeof UNITS;

export interface Line {
  /** The name of the number in the admin API. */
  name: string;
  title: string;
}

export interface ChartSpec {
  title: string;
  unit: Unit;
  lines: Line[];
}

const CALLS: ChartSpec = {
  title: 'Calls',
  unit: 'rate',
  lines: [
    { name: 'calls', title: 'calls' },
    { name: 'failures', title: 'failures' },
    { name: 'rejected', title: 'turned away' },
  ],
};
const LATENCY: ChartSpec = {
  title: 'Latency',
  unit: 'seconds',
  lines: [
    { name: 'latency_p50', title: 'p50' },
    { name: 'latency_p95', title: 'p95' },
    { name: 'latency_p99', title: 'p99' },
  ],
};
const INSIDE: ChartSpec = {
  title: 'Calls inside',
  unit: 'count',
  lines: [{ name: 'inside', title: 'inside' }],
};

/** What is charted of one service. */
export const SERVICE_CHARTS: ChartSpec[] = [CALLS, LATENCY, INSIDE];

/** What is charted of the server. */
export const SERVER_CHARTS: ChartSpec[] = [
  { ...CALLS, title: 'Calls of services' },
  { ...LATENCY, title: 'Latency of services' },
  { ...INSIDE, title: 'Calls inside services' },
  {
    title: 'HTTP requests of channels',
    unit: 'rate',
    lines: [{ name: 'http_requests', title: 'requests' }],
  },
  {
    title: 'HTTP now',
    unit: 'count',
    lines: [
      { name: 'http_inside', title: 'requests inside' },
      { name: 'http_connections', title: 'connections' },
    ],
  },
  {
    title: 'Messages in queues',
    unit: 'count',
    lines: [{ name: 'pubsub_messages', title: 'messages' }],
  },
  {
    title: 'Messages in and out',
    unit: 'rate',
    lines: [
      { name: 'pubsub_in', title: 'in' },
      { name: 'pubsub_out', title: 'out' },
    ],
  },
  {
    title: 'Deploys and runs of jobs',
    unit: 'rate',
    lines: [
      { name: 'deploys', title: 'deploys' },
      { name: 'jobs', title: 'runs' },
    ],
  },
  {
    title: 'Heap',
    unit: 'bytes',
    lines: [
      { name: 'heap_used', title: 'used' },
      { name: 'heap_max', title: 'at most' },
    ],
  },
  {
    title: 'Processor and garbage collection',
    unit: 'share',
    lines: [
      { name: 'cpu', title: 'processor' },
      { name: 'gc', title: 'time in collections' },
    ],
  },
  { title: 'Threads', unit: 'count', lines: [{ name: 'threads', title: 'threads' }] },
];

/** How much time charts show. */
export const WINDOWS = [
  { value: '300', label: '5 minutes' },
  { value: '900', label: '15 minutes' },
  { value: '3600', label: '1 hour' },
];

/** The points of a window that a chart has room for. */
const MOST_POINTS = 240;

/** Seconds that a point stands for. */
export function stepOf(seconds: number): number {
  return Math.max(5, Math.ceil(seconds / MOST_POINTS / 5) * 5);
}

/** The last value that is known. */
export function latest(values: (number | null)[] | undefined): number | undefined {
  return values?.findLast((value) => value !== null) ?? undefined;
}

/** The least, the greatest and the last value of a line, as a table tells them. */
export function summary(values: (number | null)[] | undefined) {
  const known = (values ?? []).filter((value) => value !== null);
  return known.length === 0
    ? undefined
    : { least: Math.min(...known), greatest: Math.max(...known), last: known.at(-1) ?? 0 };
}

/** Whether there is anything in a chart. */
export function hasAny(history: History, { lines }: ChartSpec): boolean {
  return lines.some(({ name }) => history.values[name] !== undefined);
}

function decimal(value: number): string {
  return value >= 100 ? count(Math.round(value)) : value.toFixed(value < 10 ? 2 : 1);
}
