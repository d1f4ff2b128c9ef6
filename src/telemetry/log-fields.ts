/** What of an error is written to the log. */
export interface ErrorFields {
  readonly type: string;
  readonly message?: string;
  readonly code?: string;
  /** Only where it was called from: the first lines of a stack repeat the message. */
  readonly stack?: string;
  readonly cause?: ErrorFields;
}

const MAX_CAUSES = 4;
const MAX_MESSAGE_LENGTH = 300;
/** A word such as ECONNREFUSED or UPSTREAM_TIMEOUT; nothing that somebody entered. */
const CODE = /^[A-Z][A-Z0-9_]{1,60}$/;
/** Parsers quote what they could not read, and by their nature cannot quote it properly. */
const QUOTES_ITS_INPUT: ReadonlySet<string> = new Set(['SyntaxError', 'GraphQLError', 'ZodError']);
/** Whatever a message has in quotes may have come from outside. */
const QUOTED = /"[^"]*"?|'[^']*'?|`[^`]*`?|“[^”]*”?/g;
const GUID = /\b[A-Z]{2,4}-[\w-]{2,60}/g;
const TOKEN = /\beyJ[\w-]{5,}(?:\.[\w-]*)*/g;

/** Takes out of a text that goes to the log what names somebody at MX, and what could be used to ask in a name. */
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
 * Reads off an error what may be written. It picks, and does not leave out: errors carry whatever their makers put on
 * them, such as the bytes of a request that could not be read, or the guid of a member that exists already.
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
