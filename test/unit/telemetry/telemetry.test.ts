import { describe, expect, it, onTestFinished } from 'vitest';

import { ApiError } from '../../../src/errors/api-error.js';
import { createApp } from '../../../src/http/app.js';
import { MxError } from '../../../src/mx/errors.js';
import { BoundedLabels } from '../../../src/telemetry/bounded-labels.js';
import { scrub, toErrorFields } from '../../../src/telemetry/log-fields.js';
import { createLog, createPseudonym } from '../../../src/telemetry/log.js';
import { MemberGauge } from '../../../src/telemetry/member-gauge.js';
import { requestIdOf } from '../../../src/http/request-id.js';
import { captureLog } from '../../support/captured-log.js';

const SECRET = 'hunter2';

describe('a logged error', () => {
  it('has a type, message, code, stack and cause', () => {
    const cause = new MxError('conflict', { endpoint: 'POST /users/:user/members', status: 409 });
    const fields = toErrorFields(new ApiError('UPSTREAM_REJECTED', undefined, cause));
    expect(fields).toMatchObject({
      type: 'ApiError',
      message: 'MX rejected the request.',
      code: 'UPSTREAM_REJECTED',
      cause: { type: 'MxError', message: 'MX: POST /users/:user/members failed: conflict (HTTP 409)' },
    });
    expect(fields.stack).toMatch(/^\s+at [^]*telemetry\.test/);
  });

  it.each<[string, () => unknown]>([
    ['invalid JSON', () => JSON.parse(`{"a": ${SECRET}`) as unknown],
    ['a quoted value', () => new Error(`Expected a guid; got "${SECRET}".`)],
    ['an unterminated quotation', () => new TypeError(`Cannot read '${SECRET} of x`)],
    [
      'a property',
      () => Object.assign(new Error('Parse Error'), { rawPacket: SECRET, options: { auth: SECRET } }),
    ],
    ['an unknown code', () => Object.assign(new Error('x'), { code: SECRET })],
    ['a thrown string', () => SECRET],
    ['a cause', () => new Error('x', { cause: new Error(`"${SECRET}"`) })],
    ['an object that looks like an error', () => ({ message: SECRET, stack: SECRET })],
  ])('does not contain a possible secret: %s', (_, make) => {
    let error: unknown;
    try {
      error = make();
    } catch (thrown) {
      error = thrown;
    }
    expect(JSON.stringify(toErrorFields(error))).not.toContain(SECRET);
  });

  it('has a limited number of causes', () => {
    const error = new Error('a');
    error.cause = error;
    expect(JSON.stringify(toErrorFields(error)).split('"cause"').length - 1).toBeLessThan(6);
  });

  it('is redacted the same way in the log of a request', async () => {
    const captured = captureLog('trace');
    const { logStream: stream } = captured.config;
    const log = createLog({ level: 'trace', ...(stream && { stream }) });
    const app = await createApp(log);
    onTestFinished(() => app.close());
    const failure = Object.assign(new Error(`It was "${SECRET}".`), { details: SECRET });
    app.get('/fail', () => Promise.reject(failure));
    expect((await app.inject({ url: '/fail', headers: { 'x-request-id': 'r-1' } })).statusCode).toBe(500);
    expect(captured.lines('request failed')).toMatchObject([
      { requestId: 'r-1', err: { message: 'It was ….' } },
    ]);
    expect(captured.text).not.toContain(SECRET);
  });
});

describe('scrub', () => {
  it('replaces guids and tokens anywhere in a line, and nothing else', () => {
    const line =
      '{"a":"USR-1234 and MBR-aa-bb","t":"eyJhbGciOi.eyJzdWIi.sig-x_y","n":"GET /users/:user/members"}\n';
    expect(scrub(line)).toBe('{"a":"[guid] and [guid]","t":"[token]","n":"GET /users/:user/members"}\n');
  });

  it('does not change request ids and dates', () => {
    const line = '{"requestId":"3f2a-77aa.b_c","at":"2026-11-22T19:00:00Z","x-request-id":"UTF-8"}';
    expect(scrub(line).replace('UTF-8', '')).toContain(
      '"requestId":"3f2a-77aa.b_c","at":"2026-11-22T19:00:00Z"',
    );
  });
});

describe('a pseudonym', () => {
  it('is the same for the same name and salt, and does not reveal the name', () => {
    const [a, b, other] = [createPseudonym('salt'), createPseudonym('salt'), createPseudonym(null)];
    expect(a('USR-1')).toMatch(/^[0-9a-f]{16}$/);
    expect(a('USR-1')).toBe(b('USR-1'));
    expect(new Set([a('USR-1'), a('USR-2'), other('USR-1')]).size).toBe(3);
  });
});

describe('a request id', () => {
  it.each([
    ['one character', 'a'],
    ['punctuation', 'A.b_c-9'],
    ['64 characters', 'x'.repeat(64)],
  ])('is taken from a header of %s', (_, given) => {
    expect(requestIdOf(given)).toBe(given);
  });

  it.each<[string, string | string[] | undefined]>([
    ['missing', undefined],
    ['empty', ''],
    ['65 characters long', 'x'.repeat(65)],
    ['two words', 'a b'],
    ['two lines', 'a\nb'],
    ['not ASCII', 'ä'],
    ['a quotation mark', '"'],
    ['sent twice', ['a', 'b']],
  ])('is generated when the header is %s', (_, given) => {
    expect(requestIdOf(given)).toMatch(/^[0-9a-f-]{36}$/);
    expect(requestIdOf(given)).not.toBe(requestIdOf(given));
  });
});

describe('bounded labels', () => {
  it('keep the first values up to the limit, and replace later ones with "other"', () => {
    const labels = new BoundedLabels(2);
    expect(['a', 'b', 'a', 'c', 'b', 'c'].map((value) => labels.of(value))).toEqual([
      'a',
      'b',
      'a',
      'other',
      'b',
      'other',
    ]);
  });
});

describe('the member gauge', () => {
  const connected = (institutionCode: string | null) => ({ status: 'CONNECTED', institutionCode });

  it('counts members once per user, in their latest state', () => {
    const seen = new MemberGauge();
    seen.note('USR-1', [connected('a'), connected('a'), { status: null, institutionCode: null }]);
    seen.note('USR-2', [{ status: 'DENIED', institutionCode: 'a' }]);
    seen.note('USR-1', [connected('a')]);
    expect(seen.counts()).toEqual([
      { status: 'CONNECTED', institution: 'a', members: 1 },
      { status: 'DENIED', institution: 'a', members: 1 },
    ]);
    seen.note('USR-1', []);
    seen.note('USR-2', [{ status: null, institutionCode: null }]);
    expect(seen.counts()).toEqual([{ status: 'NONE', institution: 'none', members: 1 }]);
  });

  it('labels the 20 institutions with the most members, and the others as "other"', () => {
    const seen = new MemberGauge();
    for (let n = 0; n < 2_000; n += 1) seen.note(`USR-${n}`, [connected(`rare-${n}`)]);
    for (let n = 0; n < 30; n += 1) {
      for (let user = 0; user <= n + 1; user += 1) seen.note(`USR-${n}-${user}`, [connected(`rare-${n}`)]);
    }
    const counts = seen.counts();
    expect(new Set(counts.map(({ institution }) => institution)).size).toBe(21);
    expect(counts.reduce((sum, { members }) => sum + members, 0)).toBe(2_000 + 30 * 16.5);
    expect(counts.find(({ institution }) => institution === 'rare-29')?.members).toBe(32);
    expect(counts.some(({ institution }) => institution === 'other')).toBe(true);
  });

  it('counts only the users that were read last when there are too many', () => {
    const seen = new MemberGauge();
    for (let n = 0; n < 12_000; n += 1) seen.note(`USR-${n}`, [connected('a')]);
    expect(seen.counts()).toEqual([{ status: 'CONNECTED', institution: 'a', members: 10_000 }]);
  });
});
