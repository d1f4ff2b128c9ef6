import type { BusMessage } from '../bus.js';
import type { StatusChange, UserRecord } from '../../status/change.js';

/** An object with whatever in it; null for anything else, and for what is no JSON. */
function parseObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : null;
  } catch {
    return null;
  }
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null;

/** What was written is believed when it is whole; null for a record that cannot be read, as for none. */
export function parseRecord(text: string): UserRecord | null {
  const record = parseObject(text);
  if (typeof record?.['epoch'] !== 'string' || !isObject(record['members']) || !isObject(record['gone']))
    return null;
  if (typeof record['n'] !== 'number' || typeof record['ms'] !== 'number') return null;
  return record as unknown as UserRecord;
}

export function parseChange(text: string): StatusChange | null {
  const change = parseObject(text);
  if (typeof change?.['n'] !== 'number' || typeof change['ms'] !== 'number') return null;
  return typeof change['memberGuid'] === 'string' ? (change as unknown as StatusChange) : null;
}

export function parseBusMessage(text: string): BusMessage | null {
  const publication = parseObject(text);
  if (typeof publication?.['epoch'] !== 'string' || !Array.isArray(publication['changes'])) return null;
  return publication as unknown as BusMessage;
}

/** The elements of a reply that is a list; of any other, none. */
export function listOf(reply: unknown): readonly unknown[] {
  return Array.isArray(reply) ? reply : [];
}

/** A text of a reply; empty for what is none. */
export function textOf(reply: unknown): string {
  return typeof reply === 'string' ? reply : '';
}
