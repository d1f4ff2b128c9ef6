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
export interface Sentence {
  readonly namesInstitution: boolean;
  say(institutionName: string): string;
}

/** Whether a message must, may or must never contain the placeholder of the institution's name. */
export type Naming = 'must' | 'may' | 'never';

/** A parsed message, or what was expected instead. */
export type ReadSentence = { readonly sentence: Sentence } | { readonly fault: string };

interface ParseError {
  readonly message: string;
  readonly location?: { readonly start: { readonly offset: number } };
}

/** Parses ICU MessageFormat. Tags such as `<b>` are plain text. Returns an error message for invalid input. */
function parseIcuMessage(text: string): MessageFormatElement[] | string {
  try {
    return parse(text, { ignoreTag: true });
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

function findError(elements: readonly MessageFormatElement[], naming: Naming): string | null {
  const used = elements.filter((element) => !isLiteralElement(element));
  const names = used.map((element) => ('value' in element ? element.value : '#'));
  if (naming === 'never' && names.length > 0) return `must have no placeholder; got {${names[0]}}`;
  const unknown = names.find((name) => name !== INSTITUTION);
  if (unknown !== undefined) return `must have no placeholder other than {${INSTITUTION}}; got {${unknown}}`;
  const unfit = used.find((element) => !isArgumentElement(element) && !isSelectElement(element));
  if (unfit) return `{${INSTITUTION}} must be a plain argument or a select; got a ${TYPE[unfit.type]}`;
  if (naming === 'must' && !used.some(isArgumentElement)) {
    return `must contain {${INSTITUTION}}, as the message of the status table contains […]`;
  }
  return null;
}

/** Parses a message once, because it is formatted many times. */
export function readSentence(text: unknown, naming: Naming, locale: string): ReadSentence {
  if (typeof text !== 'string' || text.trim() === '') return { fault: 'must be a non-empty string' };
  const parsed = parseIcuMessage(text);
  if (typeof parsed === 'string') return { fault: parsed };
  const elements = flatten(parsed);
  const fault = findError(elements, naming);
  if (fault !== null) return { fault };
  const formatter = new IntlMessageFormat(parsed, locale);
  // `format` returns a string if all values are strings.
  const say = (name: string) => formatter.format({ [INSTITUTION]: name }) as string;
  const namesInstitution = elements.some((element) => !isLiteralElement(element));
  if (namesInstitution) return { sentence: { namesInstitution, say } };
  const formatted = say('');
  return { sentence: { namesInstitution, say: () => formatted } };
}
