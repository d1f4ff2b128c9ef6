import { describe, expect, it } from 'vitest';

import { useFrontend } from '../../support/frontend.js';
import type { Frontend } from '../../support/frontend.js';

const AGGREGATE = 'POST /users/:user/members/:member/aggregate';

async function memberIn({ sandbox, userGuid }: Frontend, status: string | null): Promise<string> {
  const found = (await sandbox.members(userGuid)).find((one) => one.connection_status === status);
  if (!found) throw new Error(`The user has no member that is ${String(status)}.`);
  return found.guid;
}

describe('a job for a member that MX starts none for', () => {
  it.each(['PENDING', 'DISCONTINUED', 'CLOSED', 'DISABLED', null])(
    '(%s) is JOB_NOT_STARTED, not a throttle: there is no time to try again at',
    async (status) => {
      const frontend = await useFrontend({ user: 'demo' });
      const memberGuid = await memberIn(frontend, status);
      const { member, userErrors, wasAlreadyRunning } = await frontend.perform('aggregateMember', {
        member: { guid: memberGuid },
      });
      expect(userErrors).toMatchObject([
        { code: 'JOB_NOT_STARTED', path: ['input', 'member'], __typename: 'PlainUserError' },
      ]);
      expect(member).toMatchObject({ guid: memberGuid, connectionStatus: status, isBeingAggregated: false });
      expect(wasAlreadyRunning).toBe(false);
      expect((await frontend.sandbox.writes())[AGGREGATE]).toBe(1);
    },
  );
});

describe('an institution that asks for no credentials', () => {
  it.each([{ credentials: [] }, { credentials: [{ guid: 'CRD-1', value: 'swordfish' }] }])(
    'is OAUTH_REQUIRED for a create with %j, and nothing is sent',
    async (access) => {
      const frontend = await useFrontend();
      const refused = await frontend.refusal('createMember', { institutionCode: 'mx_bank_oauth', access });
      expect(refused).toMatchObject({ code: 'OAUTH_REQUIRED', path: ['input', 'access', 'credentials'] });
      expect(await frontend.sandbox.writes()).toEqual({});
    },
  );

  it('is OAUTH_REQUIRED for new credentials, and nothing is sent', async () => {
    const frontend = await useFrontend();
    const { guid } = await frontend.succeed('createMember', {
      institutionCode: 'mx_bank_oauth',
      access: { oauth: {} },
    });
    await frontend.sandbox.forgetCalls();
    const refused = await frontend.refusal('updateMemberCredentials', { member: { guid }, credentials: [] });
    expect(refused).toMatchObject({ code: 'OAUTH_REQUIRED', path: ['input', 'credentials'] });
    expect(await frontend.sandbox.writes()).toEqual({});
  });
});
