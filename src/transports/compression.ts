import { constants } from 'node:zlib';

import compress from '@fastify/compress';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import Negotiator from 'negotiator';

/** A smaller response fits in one packet anyway. */
const MIN_BYTES = 1_024;
const ENCODINGS: ['br', 'gzip', 'identity'] = ['br', 'gzip', 'identity'];
/** Higher levels cost several times the processor time and save a few percent. */
const BROTLI_QUALITY = 4;
const GZIP_LEVEL = 6;

/**
 * Lets routes with the option `compress: {}` compress their responses with Brotli or gzip, if the client accepts it and
 * the response has at least 1,024 bytes. Event streams are written past it, so nothing buffers their events.
 *
 * Compression beside secrets is safe here (BREACH): responses contain no secret that authenticates, and a page of
 * another origin cannot send a request as the viewer, because the token is not a cookie.
 */
export async function registerCompression(app: FastifyInstance): Promise<void> {
  await app.register(compress, {
    global: false,
    threshold: MIN_BYTES,
    encodings: ENCODINGS,
    brotliOptions: { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } },
    zlibOptions: { level: GZIP_LEVEL },
  });
}

/** The published types do not declare the options. */
interface EncodingNegotiator {
  encoding(
    available: readonly string[],
    options: { readonly preferred: readonly string[] },
  ): string | undefined;
}

/**
 * Replaces `Accept-Encoding` with the one encoding to use. The plugin's own negotiation takes `*` for Brotli even if
 * `br;q=0` excludes it. A request without the header is not touched.
 */
export function chooseEncoding(request: FastifyRequest, _: FastifyReply, done: () => void): void {
  const { headers } = request;
  if (headers['accept-encoding'] !== undefined) {
    const negotiator: EncodingNegotiator = new Negotiator(request);
    headers['accept-encoding'] = negotiator.encoding(ENCODINGS, { preferred: ENCODINGS }) ?? 'identity';
  }
  done();
}
