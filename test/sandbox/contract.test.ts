import { describe, expect, test } from 'vitest';
import { Contract, propertyNames } from './openapi.js';
import { besideProject, Mx, startSandbox } from './support.js';
import type { Answer, Json, Version } from './support.js';

interface Step {
  method: string;
  /** The concrete path. The parameter names in the contract differ by version and route. */
  path: string;
  answer: Answer;
}

/** Finds the contract's template for a concrete path by matching its fixed parts. */
function templateOf(paths: string[], path: string): string {
  const parts = path.split('?')[0]?.split('/') ?? [];
  const fits = (template: string): boolean => {
    const names = template.split('/');
    return (
      names.length === parts.length && names.every((name, at) => name.startsWith('{') || name === parts[at])
    );
  };
  // A fixed part takes precedence over a parameter: /institutions/favorites is not an institution.
  return paths.filter(fits).sort((a, b) => a.split('{').length - b.split('{').length)[0] ?? path;
}

/** Calls every route at least once and records each response. */
async function callAllRoutes(mx: Mx): Promise<Step[]> {
  const steps: Step[] = [];
  const go = async (method: string, path: string, body?: unknown): Promise<Json> => {
    const answer = await mx.send(method, path, body);
    steps.push({ method, path, answer });
    return answer.body;
  };
  await callInstitutions(go);
  const created = (await go('POST', '/users', { user: { id: 'walker', email: 'w@example.com' } })) as {
    user: { guid: string };
  };
  const user = `/users/${created.user.guid}`;
  await go('GET', '/users');
  await go('GET', user);
  await go('PUT', user, { user: { metadata: 'm' } });
  await callMember(new Mx(mx.sandbox, mx.version, created.user.guid), user, go);
  await callOauth(user, go);
  await callManaged(user, go);
  await callAccounts(user, go);
  await go('GET', `/users/${mx.sandbox.demoUserGuid}/members`);
  await go('GET', `/users/${mx.sandbox.demoUserGuid}/accounts?records_per_page=1000`);
  await go('DELETE', user);
  return steps;
}

type Go = (method: string, path: string, body?: unknown) => Promise<Json>;
const guidOf = (body: Json): string => (body['member'] as { guid: string }).guid;

async function callInstitutions(go: Go): Promise<void> {
  await go('GET', '/institutions?name=bank');
  await go('GET', '/institutions/favorites');
  await go('GET', '/institutions/mxbank');
  await go('GET', '/institutions/mxbank/credentials');
  await go('GET', '/managed_institutions');
}

async function callMember(mx: Mx, user: string, go: Go): Promise<void> {
  const credentials = await mx.login('options');
  const guid = guidOf(
    await go('POST', `${user}/members`, { member: { institution_code: 'mxbank', credentials } }),
  );
  const member = `${user}/members/${guid}`;
  await go('GET', `${member}/challenges`);
  await mx.status(guid, 'CHALLENGED');
  await go('GET', member);
  await go('GET', `${member}/status`);
  await go('GET', `${member}/challenges`);
  const challenges = (await mx.challenges(guid)).map((one) => ({ guid: one.guid, value: 'correct' }));
  await go('PUT', `${member}/resume`, { member: { challenges } });
  await mx.settled(guid, 'CONNECTED');
  await go('PUT', member, { member: { metadata: 'x' } });
  await go('GET', `${member}/credentials`);
  for (const job of [
    'aggregate',
    'verify',
    'identify',
    'check_balance',
    'extend_history',
    'fetch_statements',
  ]) {
    await go('POST', `${member}/${job}`);
    mx.sandbox.control.forceMember(guid, { connection_status: 'CONNECTED' });
  }
  mx.sandbox.control.forceMember(guid, { challenges: 'IMAGE_OPTIONS' });
  await go('GET', `${member}/challenges`);
  mx.sandbox.control.forceMember(guid, { challenges: 'IMAGE_DATA' });
  await go('GET', `${member}/status`);
  await go('GET', `${member}/accounts`);
  await go('DELETE', member);
}

async function callOauth(user: string, go: Go): Promise<void> {
  const guid = guidOf(
    await go('POST', `${user}/members`, { member: { institution_code: 'mx_bank_oauth', is_oauth: true } }),
  );
  await go('GET', `${user}/members/${guid}/oauth_window_uri`);
}

async function callManaged(user: string, go: Go): Promise<void> {
  const members = `${user}/managed_members`;
  const guid = guidOf(
    await go('POST', members, { member: { institution_code: 'manual_institution', name: 'Jar' } }),
  );
  await go('GET', members);
  await go('GET', `${members}/${guid}`);
  await go('PUT', `${members}/${guid}`, { member: { name: 'Tin' } });
  await go('DELETE', `${members}/${guid}`);
}

async function callAccounts(user: string, go: Go): Promise<void> {
  const account = { name: 'Jar', account_type: 'CASH', balance: 12.5, currency_code: 'USD', metadata: 'm' };
  const { account: made } = (await go('POST', `${user}/accounts`, { account })) as {
    account: { member_guid: string };
  };
  await go('GET', `${user}/accounts`);
  await go('GET', `${user}/members/${made.member_guid}/accounts`);
}

describe.each<Version>(['v20250224', 'v20111101'])("MX's OpenAPI contract %s", (version) => {
  const file = besideProject('mx-openapi', `${version}.yml`);

  test.skipIf(file === null)('is met by a response of every route', async () => {
    const contract = new Contract(file ?? '');
    const steps = await callAllRoutes(new Mx(await startSandbox(), version));
    const wrong = steps.flatMap(({ method, path, answer }) => {
      const template = templateOf(contract.paths, path);
      return contract.violations(method, template, answer).map((what) => `${method} ${template}: ${what}`);
    });
    expect(wrong).toEqual([]);
    expect(steps.length).toBeGreaterThanOrEqual(40);
  });

  test.skipIf(file === null)('is violated by a modified response', async () => {
    const contract = new Contract(file ?? '');
    const mx = new Mx(await startSandbox(), version);
    const answer = await mx.send('GET', `/users/${mx.user}/members`);
    const template = templateOf(contract.paths, `/users/${mx.user}/members`);
    const violationsWith = (change: Json): string[] => {
      const members = (answer.body['members'] as Json[]).map((one) => ({ ...one, ...change }));
      return contract.violations('GET', template, { status: 200, body: { ...answer.body, members } });
    };
    expect(violationsWith({})).toEqual([]);
    expect(violationsWith({ guid: 7 })[0]).toContain('/members/0/guid');
    expect(violationsWith({ is_being_aggregated: 'yes' })).toHaveLength(23);
    expect(contract.violations('GET', template, { status: 418, body: {} })).toHaveLength(1);
    expect(contract.violations('GET', template, { status: 200, body: {} })).toHaveLength(1);
  });

  test.skipIf(file === null)('has no field that the sandbox omits', async () => {
    const mx = new Mx(await startSandbox(), version);
    const [member] = await mx.list();
    const status = (await mx.send('GET', mx.path(member?.guid ?? '', 'status'))).body['member'] as Json;
    const institution = (await mx.send('GET', '/institutions/mxbank')).body['institution'] as Json;
    const names = (schema: string): string[] => propertyNames(file ?? '', schema);
    expect(Object.keys(member ?? {})).toEqual(expect.arrayContaining(names('MemberResponse')));
    // MX has added `status` since this contract was written.
    const added = version === 'v20250224' ? ['status'] : [];
    expect(Object.keys(institution).sort()).toEqual([...names('InstitutionResponse'), ...added].sort());
    const [account] = (await mx.send('GET', `/users/${mx.user}/accounts`)).body['accounts'] as Json[];
    // The older version also sends what the institution has sent, which nobody reads.
    const accountNames = names('AccountResponse').filter(
      (one) => !/^feed_|_set_by$|holdings_value|calculated_apr|institution_guid/.test(one),
    );
    expect(Object.keys(account ?? {}).sort()).toEqual(accountNames.sort());
    expect(Object.keys(status).sort()).toEqual(
      names('MemberStatusResponse')
        .filter((one) => one !== 'challenges')
        .sort(),
    );
  });
});
