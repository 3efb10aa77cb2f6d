import { call, path, problem, send } from '../api/client';
import type { Diagnostic, Page } from '../api/types';

/** A file in a watched folder. */
export interface FileInfo {
  path: string;
  type: 'java' | 'camel' | 'configuration' | 'bundle' | 'other';
  isEditable: boolean;
  size: number;
  modifiedAt: string;
  etag: string;
  deployment?: string;
  state?: string;
  revision?: number;
  differs: boolean;
  diagnostics: Diagnostic[];
}

/** A watched folder. */
export interface Folder {
  name: string;
  isWritable: boolean;
}

export interface FilePage extends Page<FileInfo> {
  folders: Folder[];
}

/** A text as the server has it; without an etag there is no such file. */
export interface ServerText {
  text: string;
  etag: string | null;
  /** What ends its lines; in the editor that is always \n. */
  lineEnd: '\n' | '\r\n';
}

/** What a save came to. */
export interface Saved {
  path: string;
  etag: string;
  status: string;
  deployment?: string;
  revision?: number;
  services: string[];
  differs: boolean;
  diagnostics: Diagnostic[];
}

/** A revision that is kept. */
export interface Revision {
  number: number;
  isCurrent: boolean;
  since?: string;
  outcome?: string;
  services: string[];
}

export const NO_FILE: ServerText = { text: '', etag: null, lineEnd: '\n' };

/** The text of a file; that of none if there is no such file. */
export async function readFile(file: string, signal?: AbortSignal): Promise<ServerText> {
  const response = await send(path('files', file), { signal });
  // A server that starts has no answer of the admin API yet.
  const isAnswer = response.headers.get('Content-Type')?.startsWith('application/problem+json');
  if (response.status === 404 && isAnswer) {
    return NO_FILE;
  }
  if (!response.ok) {
    throw await problem(response);
  }
  return serverText(await response.text(), unquoted(response.headers.get('ETag')));
}

/** A text with the line ends of the editor. */
export function serverText(text: string, etag: string | null): ServerText {
  return {
    text: text.replaceAll('\r\n', '\n'),
    etag,
    lineEnd: text.includes('\r\n') ? '\r\n' : '\n',
  };
}

/** Saves a text, if the file still is what the text was made of. */
export function saveFile(
  file: string,
  text: string,
  base: ServerText,
  isForced = false,
): Promise<Saved> {
  return call<Saved>(path('files', file) + (isForced ? '?force=true' : ''), {
    method: 'PUT',
    body: text.replaceAll('\n', base.lineEnd),
    contentType: 'text/plain; charset=utf-8',
    headers: condition(base),
  });
}

/** Asks what would be wrong with a text. */
export function checkFile(file: string, text: string, signal: AbortSignal): Promise<Saved> {
  return call<Saved>(`${path('files', file)}?dryRun=true`, {
    method: 'PUT',
    body: text,
    contentType: 'text/plain; charset=utf-8',
    signal,
  });
}

/** Deletes a file, if it still is what it was. */
export function deleteFile(file: string, etag: string): Promise<unknown> {
  return call(path('files', file), { method: 'DELETE', headers: { 'If-Match': `"${etag}"` } });
}

/** Gives a file another path. */
export function renameFile(file: string, to: string, etag: string): Promise<unknown> {
  return call(path('files', file, 'rename'), {
    method: 'POST',
    body: JSON.stringify({ to }),
    contentType: 'application/json',
    headers: { 'If-Match': `"${etag}"` },
  });
}

/** The source of a revision. */
export async function revisionSource(
  deployment: string,
  revision: number,
  signal: AbortSignal,
): Promise<string> {
  const response = await send(path('deployments', deployment, 'revisions', revision, 'source'), {
    signal,
  });
  if (!response.ok) {
    throw await problem(response);
  }
  return serverText(await response.text(), null).text;
}

/** The last part of a path. */
export function fileName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

/** What comes before the last part of a path, without the slash. */
export function folderOf(file: string): string {
  return file.slice(0, Math.max(0, file.lastIndexOf('/')));
}

/** The address of a file in the editor. */
export function addressOf(file: string): string {
  return `/ide/${path(file)}`;
}

function condition({ etag }: ServerText): Record<string, string> {
  return etag === null ? { 'If-None-Match': '*' } : { 'If-Match': `"${etag}"` };
}

function unquoted(etag: string | null): string | null {
  return etag?.replaceAll('"', '') ?? null;
}
