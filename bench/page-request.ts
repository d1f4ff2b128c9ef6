import { isDeepStrictEqual } from 'node:util';
import type { PageKind } from './fixture.js';
import { expectedMembers, memberGuid, userDigits } from './fixture.js';
import type { RawAnswer } from './raw-connection.js';
import type { Target } from './targets.js';

/** One user's page, as asked of a target and as it must be answered. */
export interface Page {
  readonly target: Target;
  readonly user: number;
  readonly members: number;
  readonly kind: PageKind;
}

export function requestBytes({ target, user, kind }: Page, token: string): Buffer {
  const { path, body } = target.request(user, kind);
  return Buffer.from(
    `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\naccept: application/json\r\n` +
      `authorization: Bearer ${token}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

/** Cheap enough for every answer: its status, that it has no errors, that it is the right user's. */
export function checkQuickly({ target, user, members }: Page, { status, body }: RawAnswer): void {
  const lastMember = memberGuid(userDigits(user), members - 1);
  if (status === 200 && !body.includes('"errors"') && body.includes(lastMember)) return;
  throw new Error(`${target.name} answered ${status} to user ${user}: ${body.toString().slice(0, 600)}`);
}

/** Each value of the body. */
export function checkDeeply({ target, user, members, kind }: Page, { body }: RawAnswer): void {
  const got = target.members(JSON.parse(body.toString()));
  const expected = expectedMembers(user, members, kind);
  if (got.length === members && expected.every((member, at) => isDeepStrictEqual({ ...got[at] }, member)))
    return;
  const at = expected.findIndex((member, index) => !isDeepStrictEqual({ ...got[index] }, member));
  const [found, wanted] = [got[at], expected[at]].map((member) => JSON.stringify(member));
  throw new Error(`${target.name}, user ${user}, member ${at} of ${got.length}: ${found}, not ${wanted}`);
}
