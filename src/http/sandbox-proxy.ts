import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { isPlainJson, errorBody } from './error-response.js';

const METHODS = ['GET', 'PUT', 'POST', 'DELETE'];

/** Asks the sandbox what was asked here, and answers what it answers. */
async function passOn(url: string, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { method, body } = request;
  const headers = { 'content-type': 'application/json' };
  const sent = body === undefined || body === null ? {} : { headers, body: JSON.stringify(body) };
  const answer = await fetch(new URL(request.url, url), { method, ...sent });
  const text = await answer.text();
  void reply.code(answer.status).header('cache-control', 'no-store');
  return text === '' ? reply.send() : reply.type('application/json; charset=utf-8').send(text);
}

/**
 * Passes `/sandbox` on to the sandbox's own port, so that the page can reach its switches without asking another
 * origin. Only where the embedded sandbox is the upstream: over the real MX there is nothing here.
 */
export function registerSandboxProxy(app: FastifyInstance, url: string): void {
  for (const path of ['/sandbox', '/sandbox/*']) {
    app.route({
      url: path,
      method: METHODS,
      exposeHeadRoute: false,
      // A page elsewhere can have a browser send other types without asking.
      onRequest: async (request, reply) =>
        request.method === 'GET' || isPlainJson(request.headers)
          ? undefined
          : reply.code(415).send(errorBody('UNSUPPORTED_MEDIA_TYPE')),
      handler: (request, reply) => passOn(url, request, reply),
    });
  }
}
