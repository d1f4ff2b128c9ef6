import type { BusMessage } from '../bus.js';
import { kindsOfChange } from '../../status/member-state.js';
import type { StatusChange, UserRecord } from '../../status/change.js';
import type { DataNews } from '../../status/data-news.js';
import type { StatusChangeKind } from '../../status/member-state.js';

/** Parses a JSON object or array. Returns null for any other JSON and for invalid JSON. */
function parseObject(json: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null;

/** Parses a record and checks its shape. Returns null for an invalid one, which is treated as absent. */
export function parseRecord(json: string): UserRecord | null {
  const record = parseObject(json);
  if (typeof record?.['epoch'] !== 'string' || !isObject(record['members']) || !isObject(record['gone']))
    return null;
  if (typeof record['n'] !== 'number' || typeof record['ms'] !== 'number') return null;
  return record as unknown as UserRecord;
}

/** Adds the kinds to a change that an earlier version has stored. */
function withKinds(change: StatusChange): StatusChange {
  const { kinds, previous, next } = change as Omit<StatusChange, 'kinds'> & Partial<StatusChange>;
  if (kinds) return change;
  const computed: readonly StatusChangeKind[] = next ? kindsOfChange(previous, next) : ['DELETED'];
  // The states are equal only if the challenges differ.
  return { ...change, kinds: computed.length > 0 ? computed : ['CHALLENGE'] };
}

/** Parses a change and checks its shape. Returns null for an invalid one. */
export function parseChange(json: string): StatusChange | null {
  const change = parseObject(json);
  if (typeof change?.['n'] !== 'number' || typeof change['ms'] !== 'number') return null;
  return typeof change['memberGuid'] === 'string' ? withKinds(change as unknown as StatusChange) : null;
}

/** Parses a message and checks its shape. Returns null for an invalid one. */
export function parseBusMessage(json: string): BusMessage | null {
  const message = parseObject(json);
  if (typeof message?.['epoch'] !== 'string' || !Array.isArray(message['changes'])) return null;
  const { epoch, changes } = message as unknown as BusMessage;
  return { epoch, changes: changes.filter(isObject).map(withKinds) };
}

/** Parses the news of a hint and checks its shape. Returns null for an invalid one, and for none. */
export function parseNews(json: string): DataNews | null {
  const news = parseObject(json);
  if (typeof news?.['id'] !== 'string' || typeof news['completedAt'] !== 'number') return null;
  return news as unknown as DataNews;
}

/** The elements of an array reply; empty for any other reply. */
export function asArray(reply: unknown): readonly unknown[] {
  return Array.isArray(reply) ? reply : [];
}

/** A string reply; empty for any other reply. */
export function asString(reply: unknown): string {
  return typeof reply === 'string' ? reply : '';
}
