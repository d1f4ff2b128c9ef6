import {
  isArgumentElement,
  isLiteralElement,
  isSelectElement,
  parse,
  TYPE,
} from '@formatjs/icu-messageformat-parser';
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';

/** Name of the placeholder for the institution's name. Also the key of its replacement if MX has none. */
export const INSTITUTION = 'institution';

/** A parsed message of a catalogue. */
export interface Message {
  readonly hasInstitution: boolean;
  format(institutionName: string): string;
}

/** Whether a message must, may or must never contain the placeholder of the institution's name. */
export type PlaceholderRule = 'must' | 'may' | 'never';

/** A parsed message, or what was expected instead. */
export type ParsedMessage = { readonly message: Message } | { readonly error: string };

interface ParseError {
  readonly message: string;
  readonly location?: { readonly start: { readonly offset: number } };
}

/** Parses ICU MessageFormat. Tags such as `<b>` are plain text. Returns an error message for invalid input. */
function parseIcuMessage(source: string): MessageFormatElement[] | string {
  try {
    return parse(source, { ignoreTag: true });
  } catch (error) {
    const { message, location } = error as ParseError;
    return `must be ICU MessageFormat; got ${message} at character ${(location?.start.offset ?? 0) + 1}`;
  }
}

/** Returns all elements of a message, including those of its alternatives. */
function flatten(elements: readonly MessageFormatElement[]): MessageFormatElement[] {
  return elements.flatMap((element) => [
    element,
    ...('options' in element ? Object.values(element.options).flatMap(({ value }) => flatten(value)) : []),
  ]);
}

function findError(elements: readonly MessageFormatElement[], rule: PlaceholderRule): string | null {
  const used = elements.filter((element) => !isLiteralElement(element));
  const names = used.map((element) => ('value' in element ? element.value : '#'));
  if (rule === 'never' && names.length > 0) return `must have no placeholder; got {${names[0]}}`;
  const unknown = names.find((name) => name !== INSTITUTION);
  if (unknown !== undefined) return `must have no placeholder other than {${INSTITUTION}}; got {${unknown}}`;
  const unsupported = used.find((element) => !isArgumentElement(element) && !isSelectElement(element));
  if (unsupported)
    return `{${INSTITUTION}} must be a plain argument or a select; got a ${TYPE[unsupported.type]}`;
  if (rule === 'must' && !used.some(isArgumentElement)) {
    return `must contain {${INSTITUTION}}, as the English message contains the institution’s name`;
  }
  return null;
}

/** Parses a message once, because it is formatted many times. */
export function parseMessage(source: unknown, rule: PlaceholderRule, locale: string): ParsedMessage {
  if (typeof source !== 'string' || source.trim() === '') return { error: 'must be a non-empty string' };
  const parsed = parseIcuMessage(source);
  if (typeof parsed === 'string') return { error: parsed };
  const elements = flatten(parsed);
  const error = findError(elements, rule);
  if (error !== null) return { error };
  const formatter = new IntlMessageFormat(parsed, locale);
  // `format` returns a string if all values are strings.
  const format = (name: string) => formatter.format({ [INSTITUTION]: name }) as string;
  const hasInstitution = elements.some((element) => !isLiteralElement(element));
  if (hasInstitution) return { message: { hasInstitution, format } };
  const formatted = format('');
  return { message: { hasInstitution, format: () => formatted } };
}
