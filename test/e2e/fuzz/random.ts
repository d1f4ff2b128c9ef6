/**
 * Chance that comes again: the same seed gives the same inputs. `FUZZ_SEED` tries others; what a run used is in the name
 * of its tests, so that a failure can be had again.
 */
export const SEED = Number(process.env['FUZZ_SEED'] ?? 20_240_601);

export class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** From 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  isIn(times: number): boolean {
    return this.below(times) === 0;
  }

  of<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }

  many<T>(most: number, make: () => T): T[] {
    return Array.from({ length: this.below(most + 1) }, make);
  }
}

const NASTY = [
  '',
  ' ',
  '\0',
  '\n',
  '\r\n\r\n',
  '"',
  '\\',
  '{',
  '}}',
  '[',
  '$',
  '...',
  '@skip(if: true)',
  '__proto__',
  'constructor',
  'toString',
  '../../etc/passwd',
  '%00',
  '%2e%2e%2f',
  '<script>',
  "' OR 1=1 --",
  '\u202e',
  '\ud800',
  '💥',
  'é'.repeat(300),
  'A'.repeat(5_000),
  '9'.repeat(400),
  '-1',
  '1e999',
  'NaN',
  'null',
  'MBR-00000000-0000-4000-8000-000000000000',
  'USR-4f2e41f1-195c-4137-a187-a560d175b706',
  'data:,x',
] as const;

export const nastyText = (chance: Chance): string => chance.of(NASTY);

/** Any JSON value, of names that may mean something and values that should not. */
export function anyValue(chance: Chance, depth = 3): unknown {
  const kind = chance.below(depth > 0 ? 9 : 6);
  if (kind < 3) return nastyText(chance);
  if (kind === 3) return chance.of([0, -1, 2 ** 53, 1e308, 0.1]);
  if (kind === 4) return chance.of([true, false, null]);
  if (kind === 5) return chance.next();
  if (kind === 6) return chance.many(4, () => anyValue(chance, depth - 1));
  return Object.fromEntries(
    chance.many(5, () => [
      chance.of(['id', 'query', 'guid', 'type', 'input', '__proto__', 'payload', nastyText(chance)]),
      anyValue(chance, depth - 1),
    ]),
  );
}

/** A text with a few of its bytes changed, doubled, moved or cut off. */
export function damaged(chance: Chance, text: string): Buffer {
  let bytes = Buffer.from(text);
  for (let times = chance.below(4); times >= 0; times -= 1) {
    const at = chance.below(bytes.length + 1);
    const to = Math.min(bytes.length, at + chance.below(12));
    const [head, middle, tail] = [bytes.subarray(0, at), bytes.subarray(at, to), bytes.subarray(to)];
    const byte = Buffer.from([chance.below(256)]);
    bytes = Buffer.concat(
      chance.of([
        [head, tail],
        [head, byte, tail],
        [head, middle, middle, tail],
        [tail, head],
        [head, Buffer.from(nastyText(chance)), tail],
      ]),
    );
  }
  return bytes;
}

const WORDS = [
  '{',
  '}',
  '(',
  ')',
  ':',
  '...',
  'on',
  'query',
  'mutation',
  'subscription',
  'fragment',
  'viewer',
  'members',
  'member',
  'node',
  'user',
  'institutions',
  'connectionStatuses',
  'memberStatusChanged',
  'deleteMember',
  'guid',
  'id',
  'input',
  'search',
  'first',
  '$x',
  'String!',
  '"a"',
  '"""',
  '1',
  'true',
  '@include',
  '__schema',
  '__typename',
  'F',
  '#',
  '!',
  '[',
  ']',
  '=',
  '&',
  '|',
] as const;

const FIELDS = [
  'guid',
  'id',
  '__typename',
  'nothing',
  'members { guid }',
  'member(by: { guid: "x" }) { id }',
] as const;

/** A document: words in any order, or one that is nearly right. */
export function anyDocument(chance: Chance): string {
  if (chance.isIn(3)) return chance.many(40, () => chance.of(WORDS)).join(' ');
  const fields = () => chance.many(4, () => chance.of(FIELDS)).join(' ') || 'guid';
  const argument = JSON.stringify(chance.isIn(2) ? nastyText(chance) : anyValue(chance, 1));
  return chance.of([
    `{ viewer { ${fields()} } }`,
    `{ member(by: { guid: ${argument} }) { ${fields()} } }`,
    `{ node(id: ${argument}) { ${fields()} } }`,
    `{ user(guid: ${argument}) { ${fields()} } }`,
    `{ institutions(search: ${argument}, first: ${chance.below(300)}, after: ${argument}) { totalCount } }`,
    `query ($x: MemberBy!) { member(by: $x) { ${fields()} } }`,
    `mutation { deleteMember(input: { member: { id: ${argument} } }) { deletedMemberId userErrors { code } } }`,
    `mutation { createMember(input: ${argument}) { userErrors { code message } } }`,
    `subscription { memberStatusChanged(after: ${argument}) { cursor } }`,
    `{ viewer { ...F } } fragment F on User { ${fields()} ...F }`,
    `{ a: viewer { ${fields()} } b: institution(code: ${argument}) { name credentialFields { guid } } }`,
  ]);
}

/** What only an accident would let out: frames, files, addresses, credentials, names of the schema, MX's own words. */
export const LEAKS =
  /node_modules|\.[tj]s:\d|\n\s+at |stacktrace|Did you mean|127\.0\.0\.1|localhost|sandbox-key|webhook-password|ECONN|"cause"|Basic [A-Za-z0-9+/]{8}|TypeError|RangeError|INTERNAL_SERVER_ERROR/;
