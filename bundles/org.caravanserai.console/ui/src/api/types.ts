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

export interface ObjectAnswer extends ObjectInfo {
  fields: Record<string, unknown>;
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
  depth: number;
  delivering: number;
  consumers: number;
  inRate: number;
  outRate: number;
  oldestSeconds?: number;
  dead: number;
}

export interface TopicStatus {
  name: string;
  subscriptions: number;
  depth: number;
  maxDepth: number;
}

export interface JobInfo {
  name: string;
  madeBy: string;
  service: string;
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
  lastOutcome?: string;
}

export interface SchedulerStatus {
  server: string;
  isLeading: boolean;
  leader?: string;
  isPaused: boolean;
  fault?: string;
  running: number;
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

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
