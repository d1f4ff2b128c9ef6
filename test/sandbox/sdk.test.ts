import { Configuration, InstitutionsApi, MembersApi, UsersApi } from 'mx-platform-node';
import { expect, test } from 'vitest';
import { startSandbox, until } from './support.js';

const CORRECT = 'correct';

test("MX's official client can take a member through its whole life cycle", async () => {
  const sandbox = await startSandbox();
  const configuration = new Configuration({
    username: sandbox.credentials.clientId,
    password: sandbox.credentials.apiKey,
    basePath: sandbox.url,
    baseOptions: { headers: { Accept: 'application/vnd.mx.api.v1+json' } },
  });
  const api = new MembersApi(configuration);
  const institutions = new InstitutionsApi(configuration);
  const owner = await new UsersApi(configuration).createUser({ user: { metadata: 'sdk' } });
  const user = owner.data.user?.guid ?? '';
  const found = (await institutions.listInstitutions('MX Bank')).data.institutions?.map(({ code }) => code);
  expect(found).toContain('mxbank');

  const fields = (await institutions.listInstitutionCredentials('mxbank')).data.credentials ?? [];
  const values: Record<string, string> = { LOGIN: 'mxuser', PASSWORD: 'challenge' };
  const credentials = fields.map(({ guid, field_name }) => ({
    guid: guid ?? '',
    value: values[field_name ?? ''] ?? '',
  }));
  const created = await api.createMember(user, { member: { institution_code: 'mxbank', credentials } });
  expect(created.status).toBe(202);
  const member = created.data.member?.guid ?? '';

  const read = async (): Promise<{ status: string | null | undefined; busy: boolean | null | undefined }> => {
    const { data } = await api.readMemberStatus(member, user);
    return { status: data.member?.connection_status, busy: data.member?.is_being_aggregated };
  };
  const answer = async (value: string): Promise<string | null | undefined> => {
    const challenges = (await api.listMemberChallenges(member, user)).data.challenges ?? [];
    const answers = challenges.map(({ guid }) => ({ guid: guid ?? '', value }));
    return (await api.resumeAggregation(member, user, { member: { challenges: answers } })).data.member
      ?.connection_status;
  };

  await until(read, ({ status }) => status === 'CHALLENGED');
  expect(await answer('wrong')).toBe('RESUMED');
  await until(read, ({ status, busy }) => status === 'REJECTED' && busy === false);
  expect((await api.aggregateMember(member, user)).status).toBe(202);
  await until(read, ({ status }) => status === 'CHALLENGED');
  expect(await answer(CORRECT)).toBe('RESUMED');
  await until(read, ({ status, busy }) => status === 'CONNECTED' && busy === false);

  expect((await api.listMemberChallenges(member, user)).status).toBe(204);
  expect((await api.deleteMember(member, user)).status).toBe(204);
  await expect(api.readMember(member, user)).rejects.toMatchObject({ response: { status: 404 } });
});
