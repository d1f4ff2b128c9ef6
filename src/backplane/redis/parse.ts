import type { BusMessage } from '../bus.js';
import type { StatusChange, UserRecord } from '../../status/change.js';

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

/** Parses a change and checks its shape. Returns null for an invalid one. */
export function parseChange(json: string): StatusChange | null {
  const change = parseObject(json);
  if (typeof change?.['n'] !== 'number' || typeof change['ms'] !== 'number') return null;
  return typeof change['memberGuid'] === 'string' ? (change as unknown as StatusChange) : null;
}

/** Parses a message and checks its shape. Returns null for an invalid one. */
export function parseBusMessage(json: string): BusMessage | null {
  const message = parseObject(json);
  if (typeof message?.['epoch'] !== 'string' || !Array.isArray(message['changes'])) return null;
  return message as unknown as BusMessage;
}

/** The elements of an array reply; empty for any other reply. */
export function asArray(reply: unknown): readonly unknown[] {
  return Array.isArray(reply) ? reply : [];
}

/** A string reply; empty for any other reply. */
export function asString(reply: unknown): string {
  return typeof reply === 'string' ? reply : '';
}
