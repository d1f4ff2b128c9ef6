import { hash, timingSafeEqual } from 'node:crypto';

import type { FastifyBaseLogger, FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

import { parseWebhook } from '../mx/webhook.js';
import { InboxError } from '../backplane/inbox.js';
import type { Hint } from '../backplane/inbox.js';
import { withTimeout } from './timers.js';
import { isPlainJson, errorBody } from './error-response.js';

/**
 * Credentials of MX's webhooks, as set in its dashboard. Several passwords are accepted while one is being replaced.
 */
export interface WebhookCredentials {
  readonly username: string;
  readonly passwords: readonly string[];
  readonly bearers: readonly string[];
}

export type WebhookOutcome =
  | 'accepted'
  | 'ignored'
  | 'unauthorized'
  | 'unsupported'
  | 'malformed'
  | 'too_large'
  | 'overloaded'
  | 'failed';

export interface WebhookOptions {
  readonly credentials: WebhookCredentials;
  /** Resolves when the hint is stored; rejects with `InboxError`. */
  readonly accept: (hint: Hint) => Promise<void>;
  readonly log: FastifyBaseLogger;
  /** Called once per request. The type is null if the body was not read. */
  readonly onOutcome: (outcome: WebhookOutcome, type: string | null) => void;
}

const PATH = '/webhooks/mx';
/** Time limit for storing the hint, in milliseconds: MX expects a quick response, and retries otherwise. */
const ACCEPT_TIMEOUT_MS = 1_500;
const RETRY_AFTER_S = 5;
const OTHER_METHODS = ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'];

const digest = (text: string): Buffer => hash('sha256', text, 'buffer');

/** The `Authorization` header in a comparable form: lower-case scheme, Basic credentials decoded. */
function normalizeAuthorization(authorization: string | undefined): string {
  const [, scheme = '', value = ''] = /^(basic|bearer) +(\S+)$/i.exec(authorization ?? '') ?? [];
  return scheme.toLowerCase() === 'basic'
    ? `basic ${Buffer.from(value, 'base64').toString()}`
    : `${scheme.toLowerCase()} ${value}`;
}

/** Constant time: all digests have the same length, and all are compared. */
function createIsMx({ username, passwords, bearers }: WebhookCredentials) {
  const known = [
    ...passwords.filter(Boolean).map((password) => digest(`basic ${username}:${password}`)),
    ...bearers.filter(Boolean).map((bearer) => digest(`bearer ${bearer}`)),
  ];
  return (authorization: string | undefined): boolean => {
    const given = digest(normalizeAuthorization(authorization));
    return known.reduce((isKnown, one) => timingSafeEqual(one, given) || isKnown, false);
  };
}

function outcomeOfError({ statusCode = 500 }: FastifyError): WebhookOutcome {
  if (statusCode === 413) return 'too_large';
  return statusCode < 500 ? 'malformed' : 'failed';
}

/** 429 makes MX retry the webhook later. */
function sendRetryLater(reply: FastifyReply): FastifyReply {
  return reply.code(429).header('retry-after', RETRY_AFTER_S).send(errorBody('OVERLOADED'));
}

/** Rejects requests without MX's credentials or without JSON before the body is read. */
function createGuard({ credentials, onOutcome }: WebhookOptions) {
  const isMx = createIsMx(credentials);
  return async ({ headers }: FastifyRequest, reply: FastifyReply) => {
    if (!isMx(headers.authorization)) {
      onOutcome('unauthorized', null);
      return reply
        .code(401)
        .header('www-authenticate', 'Basic realm="mx-webhooks"')
        .send(errorBody('UNAUTHENTICATED', 'The webhook credentials are invalid.'));
    }
    if (!isPlainJson(headers)) {
      onOutcome('unsupported', null);
      return reply.code(415).send(errorBody('UNSUPPORTED_MEDIA_TYPE'));
    }
  };
}

/** Resolves to true if the hint was stored in time. */
async function isAccepted(hint: Hint, { accept, log }: WebhookOptions): Promise<boolean> {
  const accepting = accept(hint).then(
    () => true,
    (error: unknown) => {
      if (!(error instanceof InboxError)) throw error;
      log.warn({ err: error }, 'webhook could not be queued');
      return false;
    },
  );
  return withTimeout(ACCEPT_TIMEOUT_MS, accepting, false);
}

function createHandler(options: WebhookOptions) {
  const { onOutcome } = options;
  return async ({ body }: FastifyRequest, reply: FastifyReply) => {
    const webhook = parseWebhook(body);
    if (!webhook) {
      onOutcome('malformed', null);
      return reply.code(400).send(errorBody('BAD_REQUEST', 'A webhook must be a JSON object.'));
    }
    if (webhook.kind === 'hint') {
      const { userGuid, memberGuid, aggregation: news } = webhook;
      if (!(await isAccepted({ userGuid, memberGuid, ...(news && { news }) }, options))) {
        onOutcome('overloaded', webhook.type);
        return sendRetryLater(reply);
      }
    }
    onOutcome(webhook.kind === 'hint' ? 'accepted' : 'ignored', webhook.type);
    return reply.code(204).send();
  };
}

/** Accepts MX's webhooks at `/webhooks/mx` and responds as soon as they are stored. MX is read afterwards. */
export function registerWebhook(app: FastifyInstance, options: WebhookOptions): void {
  const { onOutcome } = options;
  app.post(PATH, {
    onRequest: createGuard(options),
    onError: (...[, , error, done]) => {
      onOutcome(outcomeOfError(error), null);
      done();
    },
    handler: createHandler(options),
  });
  app.route({
    url: PATH,
    method: OTHER_METHODS,
    exposeHeadRoute: false,
    onRequest: async (_, reply) =>
      reply
        .code(405)
        .header('allow', 'POST')
        .send(errorBody('BAD_REQUEST', 'Webhooks must be sent by POST.')),
    handler: () => undefined,
  });
}
