/** The words MX puts beside an HTTP status in its error envelope. */
const STATUS_WORDS: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  406: 'not_acceptable',
  409: 'conflict',
  422: 'unprocessable_entity',
  429: 'too_many_requests',
  500: 'internal_server_error',
  502: 'bad_gateway',
  503: 'service_unavailable',
  504: 'gateway_timeout',
};

export interface ErrorEnvelope {
  error: { message: string; status: string; type: string };
  /** The member that exists already, in the 409 of a duplicate. */
  guid?: string;
}

/** A refusal that reaches the caller as MX's error envelope. */
export class MxError extends Error {
  readonly status: number;
  readonly type: string | undefined;
  readonly guid: string | undefined;

  constructor(status: number, message: string, more: { type?: string; guid?: string } = {}) {
    super(message);
    this.status = status;
    this.type = more.type;
    this.guid = more.guid;
  }
}

export function statusWord(status: number): string {
  return STATUS_WORDS[status] ?? (status < 500 ? 'bad_request' : 'internal_server_error');
}

/**
 * The body of an error. No contract of MX describes it. Its widget API names the existing member beside a
 * 409 and MX's documents show only the envelope, so a duplicate's guid stands beside the envelope, not in it.
 */
export function errorEnvelope(error: MxError): ErrorEnvelope {
  const status = statusWord(error.status);
  const body: ErrorEnvelope = {
    error: { message: error.message, status, type: error.type ?? `${status}_error` },
  };
  return error.guid === undefined ? body : { ...body, guid: error.guid };
}
