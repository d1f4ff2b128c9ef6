import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MxError } from '../errors.js';
import { findInstitution } from '../model/institutions.js';
import type { Product } from '../model/institution-data.js';
import type { JobType } from '../model/state.js';
import { answerChallenges, requestJob, resumeSchema } from '../bank/job-requests.js';
import { requireInstitution } from '../bank/member-rules.js';
import { oauthOptionsSchema, issueOauthWindow } from '../bank/oauth.js';
import { paginate } from './pagination.js';
import { validate, findMember, parseBody } from './request.js';
import type { Member } from '../model/state.js';
import { serializeMemberStatus, serializeMember, oauthWindowUri } from './serializers.js';
import type { SandboxContext } from '../bank/sandbox-context.js';

interface JobRoute {
  path: string;
  type: JobType;
  /** In MX's OpenAPI document, a verification that starts responds with 200, everything else with 202. */
  startedStatus: 200 | 202;
  product?: Product;
}

const JOB_ROUTES: readonly JobRoute[] = [
  { path: 'aggregate', type: 'AGGREGATION', startedStatus: 202 },
  { path: 'verify', type: 'VERIFICATION', startedStatus: 200, product: 'account_verification' },
  { path: 'identify', type: 'IDENTIFICATION', startedStatus: 202, product: 'identity_verification' },
  { path: 'check_balance', type: 'BALANCE', startedStatus: 202 },
  { path: 'extend_history', type: 'HISTORY', startedStatus: 202, product: 'transaction_history' },
  { path: 'fetch_statements', type: 'STATEMENT', startedStatus: 202, product: 'statements' },
];

const MEMBER = '/users/:user/members/:member';

function assertSupported(member: Member, product: Product | undefined): void {
  const institution = requireInstitution(member.institutionCode);
  if (product === undefined || institution.products.includes(product)) return;
  throw new MxError(400, `${institution.name} does not support ${product}.`);
}

function issueWindow(context: SandboxContext, request: FastifyRequest): Member {
  const member = findMember(context, request);
  if (!member.isOauth) throw new MxError(400, 'The member cannot use OAuth.');
  issueOauthWindow(context, member, validate(oauthOptionsSchema, request.query, 'query'));
  return member;
}

function registerJobRoutes(app: FastifyInstance, context: SandboxContext): void {
  for (const { path, type, startedStatus, product } of JOB_ROUTES) {
    app.post(`${MEMBER}/${path}`, (request, reply) => {
      const member = findMember(context, request);
      assertSupported(member, product);
      const outcome = requestJob(context, member, type);
      return reply
        .code(outcome === 'started' ? startedStatus : 202)
        .send({ member: serializeMember(context, member) });
    });
  }
}

/** Routes of one member other than reading and writing it: jobs, status, challenges, credentials, OAuth. */
export function registerMemberActionRoutes(app: FastifyInstance, context: SandboxContext): void {
  registerJobRoutes(app, context);
  app.get(`${MEMBER}/status`, (request) => ({ member: serializeMemberStatus(findMember(context, request)) }));
  app.get(`${MEMBER}/challenges`, (request, reply) => {
    const member = findMember(context, request);
    if (member.status !== 'CHALLENGED') return reply.code(204).send();
    const page = paginate(member.challenges, request.query);
    return { challenges: page.rows, pagination: page.pagination };
  });
  app.put(`${MEMBER}/resume`, (request, reply) => {
    const member = findMember(context, request);
    if (member.status !== 'CHALLENGED') throw new MxError(405, 'The member is not challenged.');
    answerChallenges(context, member, parseBody(request, 'member', resumeSchema).challenges);
    return reply.code(202).send({ member: serializeMember(context, member) });
  });
  app.get(`${MEMBER}/credentials`, (request) => {
    const member = findMember(context, request);
    const fields = member.isManual ? [] : (findInstitution(member.institutionCode)?.credentials ?? []);
    const page = paginate(fields, request.query);
    return { credentials: page.rows, pagination: page.pagination };
  });
  app.get(`${MEMBER}/oauth_window_uri`, (request) => {
    const member = issueWindow(context, request);
    return { member: { guid: member.guid, oauth_window_uri: oauthWindowUri(context, member) } };
  });
}
