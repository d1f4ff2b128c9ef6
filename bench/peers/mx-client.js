// The upstream calls of the hand-written peers, over a pool that keeps its connections.
import { readFileSync } from 'node:fs';

export const typeDefs = readFileSync(new URL('schema.graphql', import.meta.url), 'utf8');

export const poolOptions = { connections: 256 };

export function createMx(pool, env) {
  const credentials = Buffer.from(`${env.MX_CLIENT_ID}:${env.MX_API_KEY}`).toString('base64');
  const headers = {
    accept: 'application/json',
    'accept-version': 'v20250224',
    authorization: `Basic ${credentials}`,
  };

  async function get(path) {
    const { statusCode, body } = await pool.request({ method: 'GET', path, headers });
    if (statusCode === 200) return body.json();
    await body.dump();
    throw new Error(`MX answered ${statusCode} to ${path}`);
  }

  return {
    members: async (user) => (await get(`/users/${user}/members?records_per_page=100`)).members,
    memberStatus: async (user, member) => (await get(`/users/${user}/members/${member}/status`)).member,
    institution: async (code) => (await get(`/institutions/${code}`)).institution,
  };
}
