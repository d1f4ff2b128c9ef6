import type { FastifyInstance } from 'fastify';
import type { SandboxControl } from './control.js';
import { param } from '../api/request.js';

/** What a route hands to a switch: unchecked, since every switch checks for itself. */
type Given<K extends keyof SandboxControl> = Parameters<SandboxControl[K]>[0];
type GivenFor<K extends 'forceMember' | 'decideOauth'> = Parameters<SandboxControl[K]>[1];

/** The same switches over HTTP, under `/sandbox`, without authentication. */
export function registerControlRoutes(app: FastifyInstance, control: SandboxControl): void {
  app.get('/sandbox', () => control.overview());
  app.post('/sandbox/reset', () => {
    control.reset();
    return control.overview();
  });
  app.get('/sandbox/settings', () => control.settings());
  app.put('/sandbox/settings', (request) => control.setSettings(request.body as Given<'setSettings'>));
  app.post('/sandbox/users', (request) => ({
    users: control.createUsers(request.body as Given<'createUsers'>),
  }));
  registerMemberSwitches(app, control);
  registerTrafficSwitches(app, control);
}

function registerMemberSwitches(app: FastifyInstance, control: SandboxControl): void {
  const MEMBER = '/sandbox/members/:member';
  app.put(MEMBER, (request) => ({
    member: control.forceMember(param(request, 'member'), request.body as GivenFor<'forceMember'>),
  }));
  app.post(`${MEMBER}/expire_challenge`, (request) => ({
    member: control.expireChallenge(param(request, 'member')),
  }));
  app.post(`${MEMBER}/expire_pending`, (request, reply) => {
    control.expirePending(param(request, 'member'));
    return reply.code(204).send();
  });
  app.post(`${MEMBER}/finish_job`, (request) => ({ member: control.finishJob(param(request, 'member')) }));
  app.post(`${MEMBER}/oauth`, (request) =>
    control.decideOauth(param(request, 'member'), request.body as GivenFor<'decideOauth'>),
  );
}

function registerTrafficSwitches(app: FastifyInstance, control: SandboxControl): void {
  app.get('/sandbox/faults', () => control.faults());
  app.put('/sandbox/faults', (request) => control.setFaults(request.body as Given<'setFaults'>));
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
  app.put('/sandbox/webhooks', (request) => control.setWebhooks(request.body as Given<'setWebhooks'>));
  app.delete('/sandbox/webhooks', (_request, reply) => {
    control.clearWebhooks();
    return reply.code(204).send();
  });
  app.post('/sandbox/webhooks/send', (request, reply) => {
    control.sendWebhook(request.body as Given<'sendWebhook'>);
    return reply.code(202).send({});
  });
}
