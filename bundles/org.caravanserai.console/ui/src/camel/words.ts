import { path, query } from '../api/client';
import { count, counted, duration } from '../shared/format';
import type { NodeFigures, RouteInfo, RouteNode } from './types';

/** The page of a route. */
export function routePage(id: string): string {
  return `/${path('routes', id)}`;
}

/** Where a line of a route's file is edited; a channel has no file. */
export function editorPage({ deployment }: RouteInfo, line?: number): string | undefined {
  return deployment === undefined ? undefined : `/ide${query({ deployment, line })}`;
}

/** The page of what a node leads to. */
export function targetPage({ target }: RouteNode): string | undefined {
  if (target === undefined) {
    return undefined;
  }
  const area = { service: 'services', connection: 'objects', route: 'routes' }[target.kind];
  return `/${path(area, target.name)}`;
}

/** A time that is known in whole milliseconds. */
export function millis(value: number): string {
  return value === 0 ? 'under 1 ms' : duration(value);
}

/** How long something took, as far as there was something. */
export function mean({ exchanges, meanMicros }: NodeFigures): string {
  if (exchanges === 0) {
    return '–';
  }
  return meanMicros === 0 ? 'under 1 ms' : duration(meanMicros / 1000);
}

/** The figures of a node in one line. */
export function told(figures: NodeFigures | undefined): string {
  if (figures === undefined) {
    return '';
  }
  const { exchanges, failed, inflight } = figures;
  return [
    count(exchanges),
    failed > 0 && `${count(failed)} failed`,
    inflight > 0 && `${count(inflight)} inside`,
    exchanges > 0 && mean(figures),
  ]
    .filter(Boolean)
    .join(' · ');
}

/** A node in words, for who does not see the diagram. */
export function spoken({ kind, text, figures, isDisabled }: RouteNode): string {
  const name = text === '' ? kind : `${kind} ${text}`;
  if (isDisabled) {
    return `${name}, disabled`;
  }
  if (figures === undefined) {
    return name;
  }
  const { exchanges, failed, inflight } = figures;
  return [
    name,
    counted(exchanges, 'message'),
    `${count(failed)} failed`,
    `${count(inflight)} inside`,
    ...(exchanges > 0 ? [`mean ${mean(figures)}`] : []),
  ].join(', ');
}

/** How deep each node is inside of others, by its id. */
export function depths(nodes: RouteNode[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { id, parent } of nodes) {
    found.set(id, parent === undefined ? 0 : (found.get(parent) ?? 0) + 1);
  }
  return found;
}
