import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { isPlainJson, errorBody } from './error-response.js';

const METHODS = ['GET', 'PUT', 'POST', 'DELETE'];

/** Forwards a request to the sandbox and returns its response. */
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
 * Proxies `/sandbox` to the sandbox's own port, so that the page can call its controls on the same origin. Only used if
 * the embedded sandbox is the upstream.
 */
export function registerSandboxProxy(app: FastifyInstance, url: string): void {
  for (const path of ['/sandbox', '/sandbox/*']) {
    app.route({
      url: path,
      method: METHODS,
      exposeHeadRoute: false,
      // Other content types can be sent cross-origin without a preflight request.
      onRequest: async (request, reply) =>
        request.method === 'GET' || isPlainJson(request.headers)
          ? undefined
          : reply.code(415).send(errorBody('UNSUPPORTED_MEDIA_TYPE')),
      handler: (request, reply) => passOn(url, request, reply),
    });
  }
}
