/** The fields of an error that are logged. */
export interface ErrorFields {
  readonly type: string;
  readonly message?: string;
  readonly code?: string;
  /** Stack frames only: the first lines of a stack repeat the message. */
  readonly stack?: string;
  readonly cause?: ErrorFields;
}

const MAX_CAUSES = 4;
const MAX_MESSAGE_LENGTH = 300;
/** An error code such as ECONNREFUSED or UPSTREAM_TIMEOUT; never user input. */
const CODE = /^[A-Z][A-Z0-9_]{1,60}$/;
/** Parsers quote malformed input, without escaping it. */
const QUOTES_ITS_INPUT: ReadonlySet<string> = new Set(['SyntaxError', 'GraphQLError', 'ZodError']);
/** Quoted parts of a message may contain user input. */
const QUOTED = /"[^"]*"?|'[^']*'?|`[^`]*`?|“[^”]*”?/g;
const GUID = /\b[A-Z]{2,4}-[\w-]{2,60}/g;
const TOKEN = /\beyJ[\w-]{5,}(?:\.[\w-]*)*/g;

/** Removes guids of MX and credentials from a text before it is logged. */
export function scrub(text: string): string {
  return text.replace(GUID, '[guid]').replace(TOKEN, '[token]');
}

function framesOf({ stack }: Error): string | undefined {
  const frames = stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return frames?.join('\n');
}

function messageOf({ name, message }: Error): string | undefined {
  if (QUOTES_ITS_INPUT.has(name)) return undefined;
  return message.slice(0, MAX_MESSAGE_LENGTH).replace(QUOTED, '…');
}

function codeOf(error: object): string | undefined {
  const { code, extensions } = error as { code?: unknown; extensions?: { code?: unknown } | null };
  const given = code ?? extensions?.code;
  return typeof given === 'string' && CODE.test(given) ? given : undefined;
}

/**
 * Selects the loggable fields of an error. An allow list, because libraries attach arbitrary data to errors, such as
 * the bytes of a malformed request or the guid of an existing member.
 */
export function toErrorFields(error: unknown, depth = 0): ErrorFields {
  if (!(error instanceof Error)) return { type: typeof error };
  const [message, code, stack] = [messageOf(error), codeOf(error), framesOf(error)];
  const hasCause = error.cause !== undefined && error.cause !== null && depth < MAX_CAUSES;
  return {
    type: error.name,
    ...(message !== undefined && { message }),
    ...(code !== undefined && { code }),
    ...(stack !== undefined && { stack }),
    ...(hasCause && { cause: toErrorFields(error.cause, depth + 1) }),
  };
}
