import type { FastifyInstance } from 'fastify';
import type { SandboxControl } from './control.js';
import { param } from '../api/request.js';

/** The input of a control method. Routes pass it on unchecked, because each method validates its own input. */
type Input<K extends keyof SandboxControl> = Parameters<SandboxControl[K]>[0];
type MemberInput<K extends 'forceMember' | 'decideOauth' | 'aggregateInBackground'> = Parameters<
  SandboxControl[K]
>[1];

/** The methods of `SandboxControl` over HTTP, under `/sandbox`, without authentication. */
export function registerControlRoutes(app: FastifyInstance, control: SandboxControl): void {
  app.get('/sandbox', () => control.overview());
  app.post('/sandbox/reset', () => {
    control.reset();
    return control.overview();
  });
  app.get('/sandbox/settings', () => control.settings());
  app.put('/sandbox/settings', (request) => control.setSettings(request.body as Input<'setSettings'>));
  app.post('/sandbox/users', (request) => ({
    users: control.createUsers(request.body as Input<'createUsers'>),
  }));
  registerMemberRoutes(app, control);
  registerTrafficRoutes(app, control);
}

function registerMemberRoutes(app: FastifyInstance, control: SandboxControl): void {
  const MEMBER = '/sandbox/members/:member';
  app.put(MEMBER, (request) => ({
    member: control.forceMember(param(request, 'member'), request.body as MemberInput<'forceMember'>),
  }));
  app.post(`${MEMBER}/expire_challenge`, (request) => ({
    member: control.expireChallenge(param(request, 'member')),
  }));
  app.post(`${MEMBER}/expire_pending`, (request, reply) => {
    control.expirePending(param(request, 'member'));
    return reply.code(204).send();
  });
  app.post(`${MEMBER}/finish_job`, (request) => ({ member: control.finishJob(param(request, 'member')) }));
  app.post(`${MEMBER}/aggregate_in_background`, (request) => ({
    member: control.aggregateInBackground(param(request, 'member'), request.body ?? undefined),
  }));
  app.post(`${MEMBER}/oauth`, (request) =>
    control.decideOauth(param(request, 'member'), request.body as MemberInput<'decideOauth'>),
  );
}

function registerTrafficRoutes(app: FastifyInstance, control: SandboxControl): void {
  app.get('/sandbox/faults', () => control.faults());
  app.put('/sandbox/faults', (request) => control.setFaults(request.body as Input<'setFaults'>));
  app.delete('/sandbox/faults', (_request, reply) => {
    control.clearFaults();
    return reply.code(204).send();
  });
  app.get('/sandbox/log', () => control.log());
  app.delete('/sandbox/log', (_request, reply) => {
    control.clearLog();
    return reply.code(204).send();
  });
  app.get('/sandbox/webhooks', () => control.webhooks());
  app.put('/sandbox/webhooks', (request) => control.setWebhooks(request.body as Input<'setWebhooks'>));
  app.delete('/sandbox/webhooks', (_request, reply) => {
    control.clearWebhooks();
    return reply.code(204).send();
  });
  app.post('/sandbox/webhooks/send', (request, reply) => {
    control.sendWebhook(request.body as Input<'sendWebhook'>);
    return reply.code(202).send({});
  });
}
