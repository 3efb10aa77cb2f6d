/** What the admin API answers about Camel routes. */

export interface RouteInfo {
  id: string;
  context: string;
  channel?: string;
  deployment?: string;
  from: string;
  state: string;
  uptimeMillis: number;
  exchanges: number;
  failed: number;
  inflight: number;
  meanMillis: number;
  maxMillis: number;
}

export interface NodeFigures {
  exchanges: number;
  failed: number;
  inflight: number;
  meanMicros: number;
}

export interface RouteNode {
  id: string;
  kind: string;
  text: string;
  description?: string;
  parent?: string;
  line?: number;
  isDisabled: boolean;
  target?: { kind: 'service' | 'connection' | 'route'; name: string };
  figures?: NodeFigures;
}

export interface RouteEdge {
  from: string;
  to: string;
  label: string;
}

export interface RouteDiagram {
  route: RouteInfo;
  nodes: RouteNode[];
  edges: RouteEdge[];
}

export interface TraceSummary {
  number: number;
  exchange: string;
  cid?: string;
  startedAt: string;
  isDone: boolean;
  micros: number;
  steps: number;
  failure?: string;
}

export interface RouteTrace {
  route: string;
  status: 'none' | 'on' | 'ended';
  details?: string;
  by?: string;
  startedAt?: string;
  endsAt?: string;
  wanted: number;
  messages: TraceSummary[];
}

export interface Content {
  type: string;
  body?: string;
  details?: string;
  headers: Record<string, string>;
}

export interface TraceStep {
  number: number;
  route: string;
  node: string;
  kind: string;
  exchange: string;
  atMicros: number;
  micros?: number;
  failure?: string;
  content: Content;
}

export interface TracedMessage {
  summary: TraceSummary;
  steps: TraceStep[];
  isCut: boolean;
  result?: Content;
}
