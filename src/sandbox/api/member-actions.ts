import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MxError } from '../errors.js';
import { findInstitution } from '../model/institutions.js';
import type { Product } from '../model/institution-data.js';
import type { JobType } from '../model/state.js';
import { answerChallenges, requestJob, resumeSchema } from '../bank/job-requests.js';
import { institutionOf } from '../bank/member-rules.js';
import { oauthOptionsSchema, openOauth } from '../bank/oauth.js';
import { paginate } from './pagination.js';
import { checked, findMember, parseBody } from './request.js';
import type { Member } from '../model/state.js';
import { memberStatusView, memberView, oauthWindowUri } from './serializers.js';
import type { SandboxContext } from '../bank/world.js';

interface JobRoute {
  path: string;
  type: JobType;
  /** MX's contract answers 200 to a verification that starts, and 202 to everything else. */
  started: 200 | 202;
  product?: Product;
}

const JOB_ROUTES: readonly JobRoute[] = [
  { path: 'aggregate', type: 'AGGREGATION', started: 202 },
  { path: 'verify', type: 'VERIFICATION', started: 200, product: 'account_verification' },
  { path: 'identify', type: 'IDENTIFICATION', started: 202, product: 'identity_verification' },
  { path: 'check_balance', type: 'BALANCE', started: 202 },
  { path: 'extend_history', type: 'HISTORY', started: 202, product: 'transaction_history' },
  { path: 'fetch_statements', type: 'STATEMENT', started: 202, product: 'statements' },
];

const MEMBER = '/users/:user/members/:member';

function refuseUnsupported(member: Member, product: Product | undefined): void {
  const institution = institutionOf(member.institutionCode);
  if (product === undefined || institution.products.includes(product)) return;
  throw new MxError(400, `${institution.name} does not support ${product}.`);
}

function openWindow(world: SandboxContext, request: FastifyRequest): Member {
  const member = findMember(world, request);
  if (!member.isOauth) throw new MxError(400, 'The member cannot use OAuth.');
  openOauth(world, member, checked(oauthOptionsSchema, request.query, 'query'));
  return member;
}

function registerJobRoutes(app: FastifyInstance, world: SandboxContext): void {
  for (const { path, type, started, product } of JOB_ROUTES) {
    app.post(`${MEMBER}/${path}`, (request, reply) => {
      const member = findMember(world, request);
      refuseUnsupported(member, product);
      const outcome = requestJob(world, member, type);
      return reply.code(outcome === 'started' ? started : 202).send({ member: memberView(world, member) });
    });
  }
}

/** What can be asked of one member besides reading and writing it. */
export function registerMemberActionRoutes(app: FastifyInstance, world: SandboxContext): void {
  registerJobRoutes(app, world);
  app.get(`${MEMBER}/status`, (request) => ({ member: memberStatusView(findMember(world, request)) }));
  app.get(`${MEMBER}/challenges`, (request, reply) => {
    const member = findMember(world, request);
    if (member.status !== 'CHALLENGED') return reply.code(204).send();
    const page = paginate(member.challenges, request.query);
    return { challenges: page.rows, pagination: page.pagination };
  });
  app.put(`${MEMBER}/resume`, (request, reply) => {
    const member = findMember(world, request);
    if (member.status !== 'CHALLENGED') throw new MxError(405, 'The member is not challenged.');
    answerChallenges(world, member, parseBody(request, 'member', resumeSchema).challenges);
    return reply.code(202).send({ member: memberView(world, member) });
  });
  app.get(`${MEMBER}/credentials`, (request) => {
    const member = findMember(world, request);
    const fields = member.isManual ? [] : (findInstitution(member.institutionCode)?.credentials ?? []);
    const page = paginate(fields, request.query);
    return { credentials: page.rows, pagination: page.pagination };
  });
  app.get(`${MEMBER}/oauth_window_uri`, (request) => {
    const member = openWindow(world, request);
    return { member: { guid: member.guid, oauth_window_uri: oauthWindowUri(world, member) } };
  });
}
