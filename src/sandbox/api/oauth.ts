import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { findInstitution } from '../model/institutions.js';
import { decideOauth, takeVisit, openOauthWindow } from '../bank/oauth.js';
import { decisionSchema, toDecision } from '../bank/oauth-decision.js';
import { completePage, signInPage, expiredPage } from './oauth-page.js';
import type { SandboxContext } from '../bank/sandbox-context.js';

const HTML = 'text/html; charset=utf-8';

const formSchema = decisionSchema.extend({ token: z.string() });

/** The bank's sign-in pages. They use no Basic authentication: the token in the address authorizes the user. */
export function registerOauthRoutes(app: FastifyInstance, context: SandboxContext): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string' },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(body.toString()))),
  );
  app.get('/oauth/authorize', (request, reply) => {
    const { state } = request.query as { state?: string };
    const visit = openOauthWindow(context, state ?? '');
    void reply.type(HTML);
    if (visit === null) return reply.code(410).send(expiredPage());
    const bank = findInstitution(visit.member.institutionCode)?.name ?? visit.member.name;
    return reply.send(signInPage(bank, visit.decisionToken));
  });
  app.post('/oauth/decision', (request, reply) => {
    const form = formSchema.safeParse(request.body);
    const visit = form.success ? takeVisit(context, context.oauthDecisions, form.data.token) : null;
    if (!form.success || visit === null) return reply.code(410).type(HTML).send(expiredPage());
    const result = decideOauth(context, visit, toDecision(form.data));
    if (result.redirect !== null) return reply.redirect(result.redirect, 303);
    return reply.type(HTML).send(completePage(result));
  });
}
