/** What the admin API answers; its OpenAPI document has the words to each field. */

export type Role = 'viewer' | 'operator' | 'developer' | 'admin';

export interface Session {
  username: string;
  role: Role;
  csrfToken: string;
  expiresAt: string;
}

export interface Page<T> {
  items: T[];
  total: number;
}

export interface Diagnostic {
  file: string;
  line: number;
  column: number;
  severity: 'error' | 'warning';
  message: string;
}

export interface ServiceInfo {
  name: string;
  deployment: string;
  revision: number;
  input: string;
  output: string;
  inside: number;
  draining: number;
  calls: number;
  failures: number;
  rejected: number;
  stuck: number;
  meanMicros: number;
  callsPerSecond: number;
  p95Micros: number;
  lastFailure?: LastFailure;
}

export interface LastFailure {
  time: string;
  status: number;
  message: string;
  cid: string;
}

export interface Callers {
  recent: { kind: string; name: string; time: string }[];
  objects: { kind: string; name: string }[];
}

/** Numbers over a time; the values of each name are those of the times. */
export interface History {
  isKept: boolean;
  step: number;
  times: number[];
  values: Record<string, (number | null)[]>;
}

export interface LoggerInfo {
  name: string;
  level: LoggerLevel;
  configured: LoggerLevel;
  until?: string;
  by?: string;
}

export interface JsonSchema {
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  examples?: unknown[];
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  additionalProperties?: boolean | JsonSchema;
  writeOnly?: boolean;
  'x-serai-reference'?: string;
  'x-serai-service'?: boolean;
  'x-serai-duration'?: boolean;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  minimum?: number;
}

export interface ServiceAnswer extends ServiceInfo {
  summary?: string;
  description?: string;
  inputSchema?: JsonSchema;
  outputSchema?: JsonSchema;
}

export interface DeploymentInfo {
  name: string;
  status: 'live' | 'stopped' | 'failed' | 'rejected';
  revision: number;
  services: string[];
  parts: string[];
  origin?: string;
  source: string;
  since: string;
  revisions: number[];
  rejected: Diagnostic[];
  bundle?: number;
  bundleProblem?: string;
}

export interface AffectedBundle {
  id?: number;
  name?: string;
  version?: string;
  services?: string[];
}

export type ObjectState = 'open' | 'waiting' | 'failed' | 'inactive';

export interface ObjectInfo {
  kind: string;
  name: string;
  origin: string;
  state: ObjectState;
  reason?: string;
}

export interface ObjectId {
  kind: string;
  name: string;
}

export interface ObjectAnswer extends ObjectInfo {
  etag: string;
  fields: Record<string, unknown>;
  refersTo: ObjectId[];
  referredBy: ObjectId[];
  services: string[];
}

export interface KindAnswer {
  name: string;
  key: string;
  help: string;
  isConnection: boolean;
  actions: string[];
  schema: JsonSchema;
}

export interface PingAnswer {
  millis: number;
  details: string;
}

export interface ImportResult {
  added: string[];
  changed: string[];
  removed: string[];
  unchanged: string[];
  warnings: Diagnostic[];
  differences: { object: string; before: string; after: string }[];
}

export interface User {
  name: string;
  roles: string[];
}

export interface AuditRecord {
  id: string;
  time: string;
  cid: string;
  user: string;
  address: string;
  door: string;
  operation: string;
  target: string;
  outcome: string;
  details: string;
}

export interface OwnCertificate {
  kind: string;
  name: string;
  subject: string;
  expires: string;
}

export interface Health {
  ready: boolean;
  reasons: Record<string, string>;
  objects: ObjectInfo[];
  deployments: DeploymentInfo[];
  certificates: OwnCertificate[];
}

export interface QueueStatus {
  name: string;
  kind: string;
  topic: string;
  owner?: string;
  filter?: string;
  enabled: boolean;
  depth: number;
  maxDepth?: number;
  isNearlyFull: boolean;
  delivering: number;
  consumers: number;
  inRate: number;
  outRate: number;
  added: number;
  acknowledged: number;
  oldestSeconds?: number;
  dead: number;
  push?: PushInfo;
}

export interface PushInfo {
  running: number;
  waiting: number;
  delivered: number;
  failures: number;
  lastFailure?: string;
}

export interface TopicStatus {
  name: string;
  subscriptions: number;
  depth: number;
  maxDepth: number;
  isNearlyFull: boolean;
  remote?: RemoteStatus;
}

export interface RemoteStatus {
  broker: string;
  connected: boolean;
  waiting: number;
  failure?: string;
}

export interface MessageInfo {
  number: number;
  msgId: string;
  topic: string;
  format: 'json' | 'text' | 'bytes';
  contentType?: string;
  size: number;
  priority: number;
  pubTime: string;
  expirationTime?: string;
  publisher?: string;
  cid: string;
  correlId?: string;
  inReplyTo?: string;
  extClientId?: string;
  deliveries: number;
  dead?: DeadInfo;
  properties: Record<string, string | number | boolean>;
  data?: string;
}

export interface DeadInfo {
  cause: string;
  status: number;
  cid: string;
  attempts: number;
  firstAt: string;
  lastAt: string;
}

export interface MessagePage {
  items: MessageInfo[];
  hasMore: boolean;
  depth: number;
}

export interface Replay {
  id: string;
  queue: string;
  target: string;
  state: 'running' | 'done' | 'stopped' | 'failed';
  replayed: number;
  left: number;
  rate: number;
  startedAt: string;
  endedAt?: string;
  failure?: string;
}

export interface JobInfo {
  name: string;
  madeBy: string;
  service: string;
  jobType: string;
  schedule: string;
  status: string;
  waits?: string;
  next: string[];
  running: number;
  fires: number;
  failures: number;
  skipped: number;
  misfires: number;
  lastRun?: string;
  lastOutcome?: Outcome;
  runs: RunInfo[];
}

export type Outcome = 'ok' | 'error' | 'timeout' | 'crashed';

export interface RunInfo {
  id: number;
  job: string;
  origin: string;
  state: 'asked' | 'running' | 'done';
  scheduledAt: string;
  startedAt?: string;
  durationMs?: number;
  outcome?: Outcome;
  error?: string;
  cid: string;
  attempts: number;
  server: string;
  log: string[];
}

export interface SchedulerStatus {
  server: string;
  isLeading: boolean;
  leader?: string;
  isPaused: boolean;
  fault?: string;
  running: number;
}

export interface CacheStatus {
  name: string;
  isDefault: boolean;
  size?: number;
  maxSize?: number;
  bytes: number;
  hits: number;
  misses: number;
  writes: number;
  evictions: number;
  expirations: number;
  problem?: string;
}

export interface CacheItem {
  key: string;
  type: string;
  text?: string;
  value?: unknown;
  version: number;
  hits: number;
  lastRead?: string;
  previousRead?: string;
  lastWrite?: string;
  previousWrite?: string;
  expirySeconds?: number;
  expiresAt?: string;
}

export interface LogLine {
  number: number;
  time: string;
  level: LogLevel;
  logger: string;
  thread?: string;
  cid?: string;
  service?: string;
  message: string;
  exception?: string;
}

export type LoggerLevel = LogLevel | 'OFF';

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
