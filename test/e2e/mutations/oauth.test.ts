import { describe, expect, it } from 'vitest';

import { useFrontend } from '../../support/frontend.js';
import type { Frontend } from '../../support/frontend.js';
import { codesOf } from '../../support/graphql-client.js';
import { MEMBER_QUERY } from '../../support/mutations.js';
import { openOauthPage, visitOauth } from '../../support/oauth-visit.js';

const CREATE = 'POST /users/:user/members';
const LIST = 'GET /users/:user/members';
const OAUTH = 'GET /users/:user/members/:member/oauth_window_uri';
const BANK = 'mx_bank_oauth';

async function makePending(frontend: Frontend, oauth: object = {}): Promise<{ guid: string; url: string }> {
  const { guid } = await frontend.succeed('createMember', { institutionCode: BANK, access: { oauth } });
  const { oauthWindowUrl } = await frontend.read(guid);
  if (oauthWindowUrl === null) throw new Error('There is no address to go to.');
  return { guid, url: oauthWindowUrl };
}

const complete = (frontend: Frontend, memberGuid: string, back: object) =>
  frontend.perform('completeOauth', { member: { guid: memberGuid }, ...back });

describe('a connection through the institution’s own pages', () => {
  it('is made, approved on the page, and connects', async () => {
    const frontend = await useFrontend({ settings: { jobMs: 60_000 } });
    const made = await frontend.succeed('createMember', { institutionCode: BANK, access: { oauth: {} } });
    expect(made).toMatchObject({
      connectionStatus: 'PENDING',
      requiredAction: 'COMPLETE_OAUTH',
      waitingOn: 'END_USER',
      isOauth: true,
      isTerminal: false,
      isBeingAggregated: false,
    });
    const { oauthWindowUrl, credentialFields, challenges } = await frontend.read(made.guid);
    expect([credentialFields, challenges]).toEqual([null, null]);
    const back = await visitOauth(oauthWindowUrl ?? '', { decision: 'approve' });
    expect(back).toEqual({ memberGuid: made.guid, status: 'success', errorReason: null, redirect: null });

    const { member, userErrors } = await complete(frontend, made.guid, {
      returnedMemberGuid: back.memberGuid,
      status: 'SUCCESS',
    });
    expect(userErrors).toEqual([]);
    expect(member).toMatchObject({ guid: made.guid, requiredAction: 'WAIT' });
    await frontend.sandbox.finishJob(made.guid);
    expect(await frontend.settles(made.guid)).toMatchObject({
      connectionStatus: 'CONNECTED',
      requiredAction: 'NONE',
      oauthWindowUrl: null,
    });
    expect(await frontend.sandbox.writes()).toEqual({ [CREATE]: 1 });
  });

  it('has its address in the create’s own payload, without a further call', async () => {
    const frontend = await useFrontend();
    const { body } = await frontend.graphql<{ createMember: { member: { oauthWindowUrl: string } } }>(
      `mutation { createMember(input: { institutionCode: "${BANK}", access: { oauth: {} } }) {
        member { guid oauthWindowUrl } userErrors { code }
      } }`,
    );
    const url = body.data?.createMember.member.oauthWindowUrl ?? '';
    expect(await frontend.sandbox.calls()).toEqual({ [CREATE]: 1, 'GET /institutions/:institution': 1 });
    expect((await visitOauth(url, { decision: 'approve' })).status).toBe('success');
  });

  it('stays PENDING when the end user cancels, which only the return tells, and can be tried again', async () => {
    const frontend = await useFrontend();
    const { guid, url } = await makePending(frontend);
    const back = await visitOauth(url, { decision: 'cancel' });
    expect(back).toMatchObject({ memberGuid: guid, status: 'error', errorReason: 'CANCELLED' });
    const { member, userErrors } = await complete(frontend, guid, {
      status: 'ERROR',
      errorReason: back.errorReason,
    });
    expect(member).toMatchObject({ guid, connectionStatus: 'PENDING', requiredAction: 'COMPLETE_OAUTH' });
    expect(userErrors).toMatchObject([{ code: 'OAUTH_CANCELLED', path: ['input', 'errorReason'] }]);

    const again = await frontend.read(guid);
    expect(again.oauthWindowUrl).not.toBe(url);
    await visitOauth(again.oauthWindowUrl ?? '', { decision: 'approve' });
    expect((await frontend.settles(guid)).connectionStatus).toBe('CONNECTED');
  });

  it.each(['DENIED', 'IMPEDED', 'PROVIDER_ERROR', 'SERVER_ERROR', 'SESSION_ERROR', 'UNKNOWN_ERROR'])(
    'stays PENDING when it fails for the reason %s',
    async (reason) => {
      const frontend = await useFrontend();
      const { guid, url } = await makePending(frontend);
      const { errorReason } = await visitOauth(url, { decision: 'fail', reason });
      expect(errorReason).toBe(reason);
      const { member, userErrors } = await complete(frontend, guid, { status: 'ERROR', errorReason });
      expect(member).toMatchObject({ connectionStatus: 'PENDING' });
      expect(userErrors).toMatchObject([{ code: 'OAUTH_FAILED', path: ['input', 'errorReason'] }]);
      expect(userErrors[0]?.message).not.toContain(reason);
    },
  );

  it.each([['<script>'], [''], [null]])('takes %j for a failure and does not say it back', async (reason) => {
    const frontend = await useFrontend();
    const { guid } = await makePending(frontend);
    const { userErrors } = await complete(frontend, guid, { status: 'ERROR', errorReason: reason });
    expect(userErrors).toMatchObject([{ code: 'OAUTH_FAILED' }]);
    expect(userErrors[0]?.message).not.toContain('script');
  });

  it('has an address for one visit: a second one is over, and a new address works', async () => {
    const frontend = await useFrontend();
    const { guid, url } = await makePending(frontend);
    expect((await openOauthPage(url)).status).toBe(200);
    expect((await openOauthPage(url)).status).toBe(410);
    const { oauthWindowUrl, member } = await frontend.perform('createOauthWindowUrl', { member: { guid } });
    expect(member).toMatchObject({ guid, connectionStatus: 'PENDING' });
    await visitOauth(oauthWindowUrl ?? '', { decision: 'approve' });
    expect((await frontend.settles(guid)).connectionStatus).toBe('CONNECTED');
  });

  it('comes back to an app under the address that the app gave', async () => {
    const frontend = await useFrontend();
    const { guid } = await makePending(frontend);
    const { oauthWindowUrl } = await frontend.perform('createOauthWindowUrl', {
      member: { guid },
      oauth: { referralSource: 'APP', clientRedirectUrl: 'https://app.example/back?from=bank' },
    });
    const back = await visitOauth(oauthWindowUrl ?? '', { decision: 'cancel' });
    expect(back.redirect?.href).toBe(
      `https://app.example/back?from=bank&member_guid=${guid}&status=error&error_reason=CANCELLED`,
    );
  });

  it('comes back to a web view under the scheme that was given with the create', async () => {
    const frontend = await useFrontend();
    const oauth = { referralSource: 'APP', uiMessageWebviewUrlScheme: 'acmebank', enableApp2app: false };
    const { body } = await frontend.graphql<{ createMember: { member: { oauthWindowUrl: string } } }>(
      `mutation ($oauth: OauthInput!) {
        createMember(input: { institutionCode: "${BANK}", access: { oauth: $oauth } }) { member { guid oauthWindowUrl } }
      }`,
      { oauth },
    );
    const url = body.data?.createMember.member.oauthWindowUrl ?? '';
    const back = await visitOauth(url, { decision: 'approve' });
    expect(back.redirect?.protocol).toBe('acmebank:');
    expect(back).toMatchObject({ status: 'success', errorReason: null });
  });

  it('that was made before comes back under the older guid, which is followed', async () => {
    const frontend = await useFrontend({ settings: { relink: true } });
    const older = await makePending(frontend);
    const newer = await makePending(frontend);
    const back = await visitOauth(newer.url, { decision: 'approve' });
    expect(back.memberGuid).toBe(older.guid);
    const { member, userErrors } = await complete(frontend, newer.guid, {
      returnedMemberGuid: back.memberGuid,
      status: 'SUCCESS',
    });
    expect(userErrors).toEqual([]);
    expect(member).toMatchObject({ guid: older.guid, isBeingAggregated: true });
    expect((await frontend.settles(older.guid)).connectionStatus).toBe('CONNECTED');
    expect((await frontend.read(newer.guid)).connectionStatus).toBe('PENDING');
  });

  it('can be authorised anew once it is connected', async () => {
    const frontend = await useFrontend();
    const { guid, url } = await makePending(frontend);
    await visitOauth(url, { decision: 'approve' });
    await frontend.settles(guid);
    const { oauthWindowUrl } = await frontend.perform('createOauthWindowUrl', { member: { guid } });
    const back = await visitOauth(oauthWindowUrl ?? '', { decision: 'cancel' });
    const { member, userErrors } = await complete(frontend, guid, {
      status: 'ERROR',
      errorReason: back.errorReason,
    });
    expect(member?.connectionStatus).toBe('CONNECTED');
    expect(userErrors.map(({ code }) => code)).toEqual(['OAUTH_CANCELLED']);
  });
});

describe('a member that nobody authorised within its hour', () => {
  it('is gone for every field and mutation alike', async () => {
    const frontend = await useFrontend();
    const { guid, url } = await makePending(frontend);
    await frontend.sandbox.expirePending(guid);
    expect((await openOauthPage(url)).status).toBe(410);
    await frontend.sandbox.forgetCalls();
    const answers = [
      await frontend.send('createOauthWindowUrl', { member: { guid } }),
      await frontend.send('completeOauth', { member: { guid }, status: 'SUCCESS' }),
      await frontend.send('completeOauth', {
        member: { guid },
        status: 'ERROR',
        errorReason: 'SESSION_ERROR',
      }),
      await frontend.send('aggregateMember', { member: { guid } }),
      await frontend.send('deleteMember', { member: { guid } }),
      await frontend.graphql(MEMBER_QUERY, { guid }),
    ];
    for (const answer of answers) expect(codesOf(answer)).toEqual(['NOT_FOUND']);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(await frontend.sandbox.writes()).toEqual({});
  });

  it('is gone within the freshness window too where MX is asked for its address', async () => {
    const frontend = await useFrontend({ freshnessMs: 3_600_000 });
    const { guid } = await makePending(frontend);
    await frontend.sandbox.expirePending(guid);
    expect(codesOf(await frontend.send('createOauthWindowUrl', { member: { guid } }))).toEqual(['NOT_FOUND']);
    const { data, errors } = (await frontend.graphql(MEMBER_QUERY, { guid })).body;
    expect(errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
      [['member', 'oauthWindowUrl'], 'NOT_FOUND'],
    ]);
    expect(data).toMatchObject({ member: { guid, oauthWindowUrl: null } });
  });

  it('goes by itself when the time is over', async () => {
    const frontend = await useFrontend({ settings: { pendingTtlMs: 400 } });
    const { guid } = await makePending(frontend);
    await expect
      .poll(async () =>
        codesOf(await frontend.send('completeOauth', { member: { guid }, status: 'SUCCESS' })),
      )
      .toEqual(['NOT_FOUND']);
  });
});

describe('an address is asked of MX', () => {
  it('once for each that is wanted, and never where none is', async () => {
    const frontend = await useFrontend({ freshnessMs: 3_600_000 });
    const { guid } = await makePending(frontend);
    await frontend.sandbox.forgetCalls();
    const first = await frontend.read(guid);
    const second = await frontend.read(guid);
    expect(first.oauthWindowUrl).not.toBe(second.oauthWindowUrl);
    expect(await frontend.sandbox.calls()).toMatchObject({ [OAUTH]: 2 });
    expect((await frontend.sandbox.calls())[LIST]).toBeUndefined();
  });

  it('never for a member or an institution without such pages', async () => {
    const frontend = await useFrontend();
    const guid = await frontend.connect();
    await frontend.sandbox.forgetCalls();
    expect(await frontend.refusal('createOauthWindowUrl', { member: { guid } })).toMatchObject({
      code: 'OAUTH_NOT_SUPPORTED',
      path: ['input', 'member'],
    });
    expect(
      await frontend.refusal('createMember', { institutionCode: 'mxbank', access: { oauth: {} } }),
    ).toMatchObject({
      code: 'OAUTH_NOT_SUPPORTED',
      path: ['input', 'access', 'oauth'],
    });
    const calls = await frontend.sandbox.calls();
    expect([calls[OAUTH], calls[CREATE]]).toEqual([undefined, undefined]);
  });
});
