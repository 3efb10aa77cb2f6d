import { call } from '../api/client';

/** What Jolokia tells of an MBean. */
export interface MBeanInfo {
  desc?: string;
  class?: string;
  attr?: Record<string, AttributeInfo>;
  op?: Record<string, OperationInfo | OperationInfo[]>;
}

export interface AttributeInfo {
  type: string;
  desc: string;
  rw: boolean;
}

export interface OperationInfo {
  args: { name: string; type: string; desc: string }[];
  ret: string;
  desc: string;
}

/** An MBean and its name. */
export interface MBean {
  name: string;
  info: MBeanInfo;
}

interface Answer<T> {
  status: number;
  value?: T;
  error?: string;
}

/** Sends one request by Jolokia's protocol; throws what Jolokia refuses. */
export async function jolokia<T>(
  request: Record<string, unknown>,
  signal?: AbortSignal,
): Promise<T> {
  const answer = await call<Answer<T>>('jolokia', {
    root: '/',
    method: 'POST',
    body: JSON.stringify(request),
    contentType: 'application/json',
    signal,
  });
  if (answer.status !== 200) {
    throw new Error(answer.error ?? `Status ${answer.status}`);
  }
  return answer.value as T;
}

/** All MBeans, by name. */
export async function listMBeans(signal?: AbortSignal): Promise<MBean[]> {
  const domains = await jolokia<Record<string, Record<string, MBeanInfo>>>(
    { type: 'list' },
    signal,
  );
  return Object.entries(domains)
    .flatMap(([domain, beans]) =>
      Object.entries(beans).map(([keys, info]) => ({ name: `${domain}:${keys}`, info })),
    )
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** Those whose name, or the name of one of whose attributes or operations, has all words. */
export function search(beans: MBean[], q: string): MBean[] {
  const words = q.toLowerCase().split(/\s+/).filter(Boolean);
  return beans.filter(({ name, info }) => {
    const texts = [name, ...Object.keys(info.attr ?? {}), ...Object.keys(info.op ?? {})].map(
      (each) => each.toLowerCase(),
    );
    return words.every((word) => texts.some((text) => text.includes(word)));
  });
}

/** The forms of an operation, each as Jolokia wants it named. */
export function operations(info: MBeanInfo): { signature: string; info: OperationInfo }[] {
  return Object.entries(info.op ?? {})
    .flatMap(([name, one]) =>
      [one].flat().map((each) => ({
        signature: `${name}(${each.args.map(({ type }) => type).join(',')})`,
        info: each,
      })),
    )
    .sort((one, other) => one.signature.localeCompare(other.signature));
}
