import {
  context,
  INVALID_TRACEID,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import type { Attributes, Context, Span } from '@opentelemetry/api';

type Headers = Readonly<Record<string, unknown>>;

/** The outcome of a span. */
export interface SpanEnd {
  /** The error code; null if there was none. */
  readonly fault: string | null;
  readonly name?: string;
  readonly attributes?: Readonly<Attributes>;
}

/** An active span and the context of its children. */
export class ActiveSpan {
  readonly #span: Span;
  readonly #context: Context;

  constructor(span: Span, parent: Context) {
    this.#span = span;
    this.#context = trace.setSpan(parent, span);
  }

  within<T>(work: () => T): T {
    return context.with(this.#context, work);
  }

  /** Headers that continue the trace in the service that is called. */
  get headers(): Readonly<Record<string, string>> {
    const headers: Record<string, string> = {};
    propagation.inject(this.#context, headers);
    return headers;
  }

  end({ fault, name, attributes }: SpanEnd): void {
    const span = this.#span;
    if (name !== undefined) span.updateName(name);
    if (attributes) span.setAttributes(attributes);
    if (fault !== null) span.setStatus({ code: SpanStatusCode.ERROR, message: fault });
    span.end();
  }
}

interface SpanStart {
  readonly kind: SpanKind;
  readonly parent?: Context;
  readonly attributes?: Attributes;
  readonly startTime?: number;
}

/** One attempt of a request to MX. */
export interface TracedCall {
  readonly headers: Readonly<Record<string, string>>;
  end(outcome: number | string): void;
}

/** The attributes of a change that are traced. */
export interface TracedChange {
  readonly status: string;
  readonly cause: string;
  /** When the observation was requested, in milliseconds since 1970. */
  readonly observedAt: number;
}

const SCOPE = 'mx-member-graphql';

const faultOf = (outcome: number | string): string | null =>
  typeof outcome === 'number' && outcome < 400 ? null : String(outcome);

function attributesOf(endpoint: string): Attributes {
  const [method = '', template = ''] = endpoint.split(' ');
  return { 'http.request.method': method, 'url.template': template };
}

/**
 * Creates spans with the OpenTelemetry API. They are exported only if the process was started with an SDK; without one,
 * a span costs one small object and the methods below return null.
 */
export class Tracing {
  readonly #tracer = trace.getTracer(SCOPE);

  /** Starts the span of an operation as a child of the request's trace. */
  operation(headers: Headers): ActiveSpan | null {
    const parent = propagation.extract(ROOT_CONTEXT, headers);
    return this.#start('graphql', { kind: SpanKind.SERVER, parent });
  }

  async batch<T>(of: string, work: () => Promise<T>): Promise<T> {
    const span = this.#start(`load ${of}`, { kind: SpanKind.INTERNAL });
    if (!span) return work();
    try {
      const loaded = await span.within(work);
      span.end({ fault: null });
      return loaded;
    } catch (error) {
      span.end({ fault: 'failed' });
      throw error;
    }
  }

  call(endpoint: string): TracedCall | null {
    const span = this.#start(`MX ${endpoint}`, { kind: SpanKind.CLIENT });
    if (!span) return null;
    return {
      headers: span.headers,
      end: (outcome) => {
        const isStatus = typeof outcome === 'number';
        const ended = isStatus ? { 'http.response.status_code': outcome } : { 'error.type': outcome };
        span.end({ fault: faultOf(outcome), attributes: { ...attributesOf(endpoint), ...ended } });
      },
    };
  }

  /** Timers inherit the trace in which they were set, but the watcher's work belongs to no operation. */
  async apart<T>(name: string, work: () => Promise<T>): Promise<T> {
    const span = this.#start(name, { kind: SpanKind.INTERNAL, parent: ROOT_CONTEXT });
    if (!span) return work();
    try {
      return await span.within(work);
    } finally {
      span.end({ fault: null });
    }
  }

  /** Records a change as a span from its observation until it is published. */
  change({ status, cause, observedAt }: TracedChange): void {
    const span = this.#start('member change', { kind: SpanKind.INTERNAL, startTime: observedAt });
    span?.end({ fault: null, attributes: { 'mx.connection_status': status, 'mx.change.cause': cause } });
  }

  /** Null if there is no SDK and no incoming trace to propagate. */
  #start(name: string, { parent = context.active(), ...options }: SpanStart): ActiveSpan | null {
    const span = this.#tracer.startSpan(name, options, parent);
    return span.spanContext().traceId === INVALID_TRACEID ? null : new ActiveSpan(span, parent);
  }
}
