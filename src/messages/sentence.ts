import {
  isArgumentElement,
  isLiteralElement,
  isSelectElement,
  parse,
  TYPE,
} from '@formatjs/icu-messageformat-parser';
import type { MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { IntlMessageFormat } from 'intl-messageformat';

/** What stands for the institution's name in a text, within braces. */
export const INSTITUTION = 'institution';

/** A sentence of a catalogue, ready to be said. */
export interface Sentence {
  readonly namesInstitution: boolean;
  say(institutionName: string): string;
}

/** What a text is for, as far as its placeholder goes: it must have it, may have it, or must not. */
export type Naming = 'must' | 'may' | 'never';

/** The sentence, or what was expected of the text. */
export type ReadSentence = { readonly sentence: Sentence } | { readonly fault: string };

interface ParseFault {
  readonly message: string;
  readonly location?: { readonly start: { readonly offset: number } };
}

/** A sentence is text, tags and all: what is like `<b>` stands for itself. */
function parseText(text: string): MessageFormatElement[] | string {
  try {
    return parse(text, { ignoreTag: true });
  } catch (error) {
    const { message, location } = error as ParseFault;
    return `must be ICU MessageFormat; got ${message} at character ${(location?.start.offset ?? 0) + 1}`;
  }
}

/** All that a message is made of, that of its alternatives too. */
function flatten(elements: readonly MessageFormatElement[]): MessageFormatElement[] {
  return elements.flatMap((element) => [
    element,
    ...('options' in element ? Object.values(element.options).flatMap(({ value }) => flatten(value)) : []),
  ]);
}

function faultOf(elements: readonly MessageFormatElement[], naming: Naming): string | null {
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

/** Reads a text in ICU MessageFormat, for once and all: a sentence is said many times over. */
export function readSentence(text: unknown, naming: Naming, locale: string): ReadSentence {
  if (typeof text !== 'string' || text.trim() === '') return { fault: 'must be a non-empty string' };
  const parsed = parseText(text);
  if (typeof parsed === 'string') return { fault: parsed };
  const elements = flatten(parsed);
  const fault = faultOf(elements, naming);
  if (fault !== null) return { fault };
  const format = new IntlMessageFormat(parsed, locale);
  // Given texts alone, it makes a text.
  const say = (name: string) => format.format({ [INSTITUTION]: name }) as string;
  const namesInstitution = elements.some((element) => !isLiteralElement(element));
  if (namesInstitution) return { sentence: { namesInstitution, say } };
  const said = say('');
  return { sentence: { namesInstitution, say: () => said } };
}
