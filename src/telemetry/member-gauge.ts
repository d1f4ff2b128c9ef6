import { LRUCache } from 'lru-cache';

import { OTHER } from './bounded-labels.js';

/** The fields of a member that are counted. */
export interface SeenMember {
  /** A status of the status table, or null. */
  readonly status: string | null;
  readonly institutionCode: string | null;
}

export interface SeenCount {
  readonly status: string;
  readonly institution: string;
  readonly members: number;
}

export const NO_STATUS = 'NONE';
export const NO_INSTITUTION = 'none';

const MAX_USERS = 10_000;
/** Maximum number of institutions in a result: those with the most members. */
const MAX_REPORTED = 20;
const MAX_NUMBERED = 1_000;
/** One UTF-16 code unit encodes a status and an institution: 64 statuses times 1,024 institutions. */
const INSTITUTIONS = 1_024;
/** The number shared by all values beyond the limit. */
const UNNUMBERED = 0;

/** Numbers values in the order of their first use. */
class Numbers {
  readonly words: string[];
  readonly #numbers = new Map<string, number>();
  readonly #max: number;

  /** Number 0 is also shared by all values beyond the limit. */
  constructor(max: number, first: string) {
    this.#max = max;
    this.words = [first];
  }

  of(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    if (this.words.length >= this.#max) return UNNUMBERED;
    this.#numbers.set(word, this.words.length);
    return this.words.push(word) - 1;
  }
}

/**
 * The statuses of the members of recently read users, for a gauge. Stores one string per user with one character per
 * member, because thousands of lists are recorded for each scrape.
 */
export class MemberGauge {
  readonly #users = new LRUCache<string, string>({ maxSize: MAX_USERS, sizeCalculation: () => 1 });
  readonly #statuses = new Numbers(64, OTHER);
  readonly #institutions = new Numbers(MAX_NUMBERED, OTHER);

  note(userGuid: string, members: Iterable<SeenMember>): void {
    let text = '';
    for (const { status, institutionCode } of members) {
      const institution = this.#institutions.of(institutionCode ?? NO_INSTITUTION);
      text += String.fromCharCode(this.#statuses.of(status ?? NO_STATUS) * INSTITUTIONS + institution);
    }
    this.#users.set(userGuid, text);
  }

  counts(): SeenCount[] {
    const byUnit = new Uint32Array(65_536);
    for (const text of this.#users.values()) {
      for (let at = 0; at < text.length; at += 1) {
        const unit = text.charCodeAt(at);
        byUnit[unit] = (byUnit[unit] ?? 0) + 1;
      }
    }
    return this.#named([...byUnit.entries()].filter(([, members]) => members > 0));
  }

  #named(counted: readonly (readonly [number, number])[]): SeenCount[] {
    const byInstitution = new Map<number, number>();
    for (const [unit, members] of counted) {
      const institution = unit % INSTITUTIONS;
      if (institution === UNNUMBERED) continue;
      byInstitution.set(institution, (byInstitution.get(institution) ?? 0) + members);
    }
    const largest = [...byInstitution].sort(([, a], [, b]) => b - a).slice(0, MAX_REPORTED);
    const named = new Set(largest.map(([institution]) => institution));
    const sums = new Map<string, SeenCount>();
    for (const [unit, members] of counted) {
      const number = unit % INSTITUTIONS;
      const institution = (named.has(number) && this.#institutions.words[number]) || OTHER;
      const status = this.#statuses.words[Math.floor(unit / INSTITUTIONS)] ?? OTHER;
      const key = `${status} ${institution}`;
      sums.set(key, { status, institution, members: members + (sums.get(key)?.members ?? 0) });
    }
    return [...sums.values()];
  }
}
