/** The name of each HTTP status in MX's error envelope. */
const STATUS_NAMES: Readonly<Record<number, string>> = {
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
  /** Guid of the existing member, in the 409 response to a duplicate. */
  guid?: string;
}

/** An error that is sent to the caller as MX's error envelope. */
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

export function statusName(status: number): string {
  return STATUS_NAMES[status] ?? (status < 500 ? 'bad_request' : 'internal_server_error');
}

/**
 * The body of an error response. MX does not specify it. Its documentation shows only the envelope, and its
 * widget API sends the guid of the existing member with a 409, so that guid is next to the envelope, not in it.
 */
export function errorEnvelope(error: MxError): ErrorEnvelope {
  const status = statusName(error.status);
  const body: ErrorEnvelope = {
    error: { message: error.message, status, type: error.type ?? `${status}_error` },
  };
  return error.guid === undefined ? body : { ...body, guid: error.guid };
}
