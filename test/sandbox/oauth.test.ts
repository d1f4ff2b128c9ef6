import { expect, test } from 'vitest';
import { call, Mx, startSandbox, until } from './support.js';
import type { Json, Member } from './support.js';

interface Page {
  status: number;
  html: string;
  location: string | null;
}

async function open(url: string | null, init: RequestInit = {}): Promise<Page> {
  const response = await fetch(url ?? '', { redirect: 'manual', ...init });
  return {
    status: response.status,
    html: await response.text(),
    location: response.headers.get('location'),
  };
}

/** Opens the OAuth page of a member and submits a decision. */
async function decide(uri: string | null, decision: string, reason = 'DENIED'): Promise<Page> {
  const page = await open(uri);
  const token = /name="token" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
  const action = new URL('/oauth/decision', uri ?? '');
  return open(action.href, { method: 'POST', body: new URLSearchParams({ token, decision, reason }) });
}

function messageOf(html: string): unknown {
  return JSON.parse(/const message = (\{.*?\});/.exec(html)?.[1] ?? 'null');
}

async function user(settings = {}): Promise<Mx> {
  return new Mx(await startSandbox({ settings })).createUser();
}

async function newWindow(mx: Mx, guid: string, query = ''): Promise<string> {
  const answer = await mx.send('GET', `${mx.path(guid, 'oauth_window_uri')}${query}`);
  expect(answer.status).toBe(200);
  return (answer.body['member'] as { oauth_window_uri: string }).oauth_window_uri;
}

test('a member created for OAuth is PENDING, with an OAuth page and without a job', async () => {
  const mx = await user();
  const member = await mx.createOauth();
  expect(member).toMatchObject({ connection_status: 'PENDING', is_oauth: true, is_being_aggregated: false });
  const page = await open(member.oauth_window_uri);
  expect(page.status).toBe(200);
  expect(page.html).toContain('<html lang="en">');
  for (const label of ['MX Bank (OAuth)', 'Approve', 'Cancel', 'Fail']) expect(page.html).toContain(label);
  expect(page.html).not.toMatch(/(src|href)=/);
});

test('an approval starts the job and posts a message to the opening window', async () => {
  const mx = await user();
  const { guid, oauth_window_uri } = await mx.createOauth();
  const page = await decide(oauth_window_uri, 'approve');
  expect(messageOf(page.html)).toEqual({
    mx: true,
    type: 'oauthComplete/success',
    metadata: { member_guid: guid },
  });
  expect(await mx.settled(guid, 'CONNECTED')).toMatchObject({ oauth_window_uri: null });
});

test('a cancellation does not change the member, and posts a message with the reason', async () => {
  const mx = await user();
  const before = await mx.createOauth();
  const page = await decide(before.oauth_window_uri, 'cancel');
  expect(messageOf(page.html)).toMatchObject({
    type: 'oauthComplete/error',
    metadata: { error_reason: 'CANCELLED' },
  });
  expect(await mx.read(before.guid)).toEqual(before);
});

test.each(['DENIED', 'IMPEDED', 'PROVIDER_ERROR', 'SERVER_ERROR', 'SESSION_ERROR', 'UNKNOWN_ERROR'])(
  'a failure with %s redirects to the app with the reason',
  async (reason) => {
    const mx = await user();
    const app = { referral_source: 'APP', client_redirect_url: 'https://app.example/back?tab=1' };
    const { guid, oauth_window_uri } = await mx.createOauth(app);
    const page = await decide(oauth_window_uri, 'fail', reason);
    expect(page.status).toBe(303);
    const back = new URL(page.location ?? '');
    expect(Object.fromEntries(back.searchParams)).toEqual({
      tab: '1',
      member_guid: guid,
      status: 'error',
      error_reason: reason,
    });
    expect((await mx.read(guid)).connection_status).toBe('PENDING');
  },
);

test('an app with a custom URL scheme is redirected to by that scheme', async () => {
  const mx = await user();
  const { guid } = await mx.createOauth();
  const uri = await newWindow(mx, guid, '?referral_source=APP&ui_message_webview_url_scheme=mybank');
  const page = await decide(uri, 'approve');
  expect(page.location).toBe(`mybank://oauth_complete?member_guid=${guid}&status=success`);
});

test('a browser is not redirected, only an app', async () => {
  const mx = await user();
  const { guid } = await mx.createOauth();
  const page = await decide(await newWindow(mx, guid, '?client_redirect_url=https://app.example'), 'approve');
  expect(page.status).toBe(200);
  expect(page.location).toBeNull();
});

test('a page can be opened and decided only once', async () => {
  const mx = await user();
  const { oauth_window_uri, guid } = await mx.createOauth();
  await decide(oauth_window_uri, 'cancel');
  expect((await open(oauth_window_uri)).status).toBe(410);
  expect((await decide(oauth_window_uri, 'approve')).status).toBe(410);
  expect((await open(new URL('/oauth/decision', mx.sandbox.url).href, { method: 'POST' })).status).toBe(410);
  expect((await mx.read(guid)).connection_status).toBe('PENDING');
});

test('a new page can be requested at any time and has a new URL', async () => {
  const mx = await user();
  const { guid, oauth_window_uri } = await mx.createOauth();
  const second = await newWindow(mx, guid);
  expect(second).not.toBe(oauth_window_uri);
  expect((await mx.read(guid)).oauth_window_uri).toBe(second);
  await decide(second, 'approve');
  await mx.settled(guid, 'CONNECTED');
  mx.sandbox.control.setSettings({ jobMs: 60_000 });
  await decide(await newWindow(mx, guid), 'approve');
  expect(await mx.read(guid)).toMatchObject({ connection_status: 'UPDATED', is_being_aggregated: true });
});

test('skip_aggregation leaves an approved member without a job', async () => {
  const mx = await user();
  const { guid } = await mx.createOauth();
  await decide(await newWindow(mx, guid, '?skip_aggregation=true'), 'approve');
  expect(await mx.read(guid)).toMatchObject({ connection_status: 'CREATED', is_being_aggregated: false });
});

test('a member that is PENDING for too long is deleted together with its page', async () => {
  const mx = await user({ pendingTtlMs: 40 });
  const { guid, oauth_window_uri } = await mx.createOauth();
  const read = (): Promise<number> => mx.send('GET', mx.path(guid)).then(({ status }) => status);
  await until(read, (status) => status === 404);
  expect(await mx.list()).toEqual([]);
  expect((await open(oauth_window_uri)).status).toBe(410);
});

test('an approved member is not deleted after the PENDING period', async () => {
  const mx = await user({ pendingTtlMs: 600 });
  const { guid, oauth_window_uri } = await mx.createOauth();
  await decide(oauth_window_uri, 'approve');
  // A later member that is never approved and gets deleted proves that the period is over for the earlier one too.
  await mx.createOauth();
  const members = await until(
    () => mx.list(),
    ({ length }) => length === 1,
  );
  expect(members).toMatchObject([{ guid, connection_status: 'CONNECTED' }]);
});

test('a re-linked member keeps the guid of the older one', async () => {
  const mx = await user({ relink: true });
  const older = await mx.createOauth();
  await decide(older.oauth_window_uri, 'approve');
  await mx.settled(older.guid, 'CONNECTED');
  const newer = await mx.createOauth();
  const page = await decide(newer.oauth_window_uri, 'approve');
  expect(messageOf(page.html)).toMatchObject({ metadata: { member_guid: older.guid } });
  expect((await mx.read(newer.guid)).connection_status).toBe('PENDING');
  await mx.settled(older.guid, 'CONNECTED');
});

test('OAuth is rejected for an institution or member without it, and with invalid options', async () => {
  const mx = await user();
  const create = async (member: Json, more: Json = {}): Promise<number> =>
    (await mx.send('POST', `/users/${mx.user}/members`, { member, ...more })).status;
  const right = { institution_code: 'mx_bank_oauth', is_oauth: true };
  expect(await create({ ...right, institution_code: 'mxbank' })).toBe(400);
  expect(await create({ ...right, credentials: await mx.login('x') })).toBe(400);
  expect(await create(right, { referral_source: 'TELEX' })).toBe(422);
  expect(await create(right, { client_redirect_url: 'nowhere' })).toBe(422);
  const plain = await mx.create('right');
  expect((await mx.send('GET', mx.path(plain.guid, 'oauth_window_uri'))).status).toBe(400);
  expect((await mx.updatePassword((await mx.createOauth()).guid, 'right')).status).toBe(400);
});

test('a decision can be made through the control routes, without the page', async () => {
  const mx = await user();
  const member: Member = await mx.createOauth({
    referral_source: 'APP',
    client_redirect_url: 'https://a.example/',
  });
  const path = `${mx.sandbox.url}/sandbox/members/${member.guid}/oauth`;
  const post = (body: Json): Promise<{ status: number; body: Json }> =>
    call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  expect((await post({ decision: 'shrug' })).status).toBe(400);
  expect((await post({ decision: 'approve' })).body).toMatchObject({
    memberGuid: member.guid,
    redirect: `https://a.example/?member_guid=${member.guid}&status=success`,
  });
  await mx.settled(member.guid, 'CONNECTED');
});

test('the page escapes its content', async () => {
  const mx = await user();
  const { guid } = await mx.createOauth();
  const uri = await newWindow(mx, guid);
  const page = await open(`${uri}"><script>alert(1)</script>`);
  expect(page.status).toBe(410);
  expect(page.html).not.toContain('alert(1)');
});
