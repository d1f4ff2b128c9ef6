import cors from '@fastify/cors';
import type { FastifyInstance, FastifyReply } from 'fastify';

import { REQUEST_ID_HEADER } from './request-id.js';

/** Response headers that pages of other origins may read, besides those that browsers always let them read. */
const EXPOSED_HEADERS = ['Date', 'Retry-After', REQUEST_ID_HEADER];
/** How long browsers may cache the answer to a preflight request, in seconds. */
const MAX_AGE_S = 86_400;

/**
 * Grants all responses to pages of these origins, which are in the form that browsers send. Register it before hooks
 * that can reject a request, so that pages can read why.
 */
export async function registerCors(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  await app.register(cors, {
    origin: [...origins],
    // PUT and DELETE are those of the single connection mode of graphql-sse.
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
    exposedHeaders: EXPOSED_HEADERS,
    maxAge: MAX_AGE_S,
  });
}

/** Grants one response, for requests that are rejected before any hook runs. */
export function grantResponse(reply: FastifyReply, origins: readonly string[]): void {
  const { origin } = reply.request.headers;
  if (origin === undefined || !origins.includes(origin)) return;
  void reply.headers({
    'access-control-allow-origin': origin,
    'access-control-expose-headers': EXPOSED_HEADERS.join(', '),
    vary: 'Origin',
  });
}
