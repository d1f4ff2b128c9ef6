import { tryParseUrl } from '../url.js';

/** Longer texts are cut. MX's are a few sentences. */
const MAX_LENGTH = 4_000;

/** Elements whose content is not text. */
const HIDDEN_PATTERN = /<(script|style)\b[^<>]*>[\s\S]*?(?:<\/\1\b[^<>]*>|$)/gi;
/** A tag, closed or not, a comment, or a declaration. A "<" before a space or a digit is text. */
const TAG_PATTERN = /<!--[\s\S]*?(?:-->|$)|<\/?([a-z][a-z0-9]*)[^<>]*>?|<[!?/][^<>]*>?/gi;
const HREF_PATTERN = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))/i;
const ENTITY_PATTERN = /&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,6});/gi;
const LINE_BREAKS: ReadonlySet<string> = new Set([
  'br',
  'p',
  'div',
  'li',
  'ul',
  'ol',
  'tr',
  'h1',
  'h2',
  'h3',
]);
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ndash: '–',
  mdash: '—',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  hellip: '…',
};

const MAX_CODE_POINT = 0x10ffff;

function decodeEntity(entity: string, content: string): string {
  if (!content.startsWith('#')) return ENTITIES[content.toLowerCase()] ?? entity;
  const code = /^#x/i.test(content) ? parseInt(content.slice(2), 16) : Number(content.slice(1));
  return code >= 32 && code <= MAX_CODE_POINT ? String.fromCodePoint(code) : ' ';
}

function decodeEntities(text: string): string {
  return text.replace(ENTITY_PATTERN, decodeEntity);
}

/** The address of a link, if it is one of the web: an end user could be made to run what a `javascript:` has. */
function addressOf(tag: string): string | null {
  const [, double, single, bare] = HREF_PATTERN.exec(tag) ?? [];
  const href = decodeEntities(double ?? single ?? bare ?? '').trim();
  return ['http:', 'https:'].includes(tryParseUrl(href)?.protocol ?? '') ? href : null;
}

/** Replaces tags: the end of a link by its address in parentheses, those of blocks by line breaks. */
function withoutTags(html: string): string {
  let address: string | null = null;
  return html.replace(HIDDEN_PATTERN, ' ').replace(TAG_PATTERN, (tag: string, name?: string) => {
    const element = name?.toLowerCase() ?? '';
    if (element !== 'a') return LINE_BREAKS.has(element) ? '\n' : '';
    const ended = address;
    address = tag.startsWith('</') ? null : addressOf(tag);
    return tag.startsWith('</') && ended !== null ? ` (${ended})` : '';
  });
}

/** Half a character, of an entity or where the text is cut, would make the whole response invalid for some clients. */
const HALF_PATTERN = /\p{Cs}/gu;

function tidy(text: string): string {
  const lines = text
    .replace(HALF_PATTERN, ' ')
    .split('\n')
    .map((line) => line.replace(/[^\S\n]+/g, ' ').trim());
  return lines.filter((line) => line !== '').join('\n');
}

/**
 * Converts HTML to plain text without any tags; empty if it has no text. The address of a link follows its text in
 * parentheses. What looks like a tag once its entities are decoded is removed as well, so that a client that takes
 * the text for HTML after all shows no element of its author.
 */
export function toPlainText(html: string): string {
  let text = html.slice(0, MAX_LENGTH);
  for (let last = ''; text !== last;) {
    last = text;
    text = decodeEntities(withoutTags(text));
  }
  return tidy(text);
}
