/** The ids that a document shows for objects which are created while it is followed, and those that they have now. */
export type Bindings = Map<string, string>;

export interface ShownOptions {
  /** Whether the document leaves out fields and list items. */
  readonly isShortened: boolean;
  readonly bindings: Bindings;
}

type Fields = Readonly<Record<string, unknown>>;

const GUID = /^(?:ACT|MBR|CRD)-[0-9a-f]{8}-[0-9a-f-]{27}$/;
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null;

/** Whether a text matches the one that is shown, in which `…` stands for any characters. */
export function matchesText(shown: string, actual: string): boolean {
  const parts = shown.split('…').map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 's').test(actual);
}

function compareStrings(shown: string, actual: string, bindings: Bindings): boolean {
  if (matchesText(shown, actual) || (TIME.test(shown) && TIME.test(actual))) return true;
  if (!GUID.test(shown) || !GUID.test(actual)) return false;
  const bound = bindings.get(shown);
  if (bound === undefined) bindings.set(shown, actual);
  return bound === undefined || bound === actual;
}

/** The first differences between a list that is shown and the actual one, of which it may show a part. */
function compareLists(shown: readonly unknown[], actual: unknown, options: ShownOptions): string[] {
  if (!Array.isArray(actual)) return ['expected a list'];
  if (!options.isShortened || shown.length === actual.length) {
    if (shown.length !== actual.length) return [`expected ${shown.length} items; got ${actual.length}`];
    return shown.flatMap((item, at) =>
      compareShown(item, actual[at], options).map((text) => `${at}.${text}`),
    );
  }
  const isThere = (item: unknown) =>
    actual.some((other) => {
      const bindings = new Map(options.bindings);
      return (
        compareShown(item, other, { ...options, bindings }).length === 0 &&
        bindings.size === options.bindings.size
      );
    });
  return shown.filter((item) => !isThere(item)).map((item) => `no such item: ${JSON.stringify(item)}`);
}

/**
 * The differences between a result that a document shows and the actual one. Times are ignored, `…` in a string stands
 * for anything, and guids of objects that did not exist when the document was written are bound to the actual ones.
 */
export function compareShown(shown: unknown, actual: unknown, options: ShownOptions): string[] {
  if (typeof shown === 'string' && typeof actual === 'string') {
    return compareStrings(shown, actual, options.bindings) ? [] : [`expected ${shown}; got ${actual}`];
  }
  if (Array.isArray(shown)) return compareLists(shown, actual, options);
  if (!isFields(shown) || !isFields(actual)) {
    return shown === actual ? [] : [`expected ${JSON.stringify(shown)}; got ${JSON.stringify(actual)}`];
  }
  const surplus = options.isShortened ? [] : Object.keys(actual).filter((key) => !(key in shown));
  return [
    ...surplus.map((key) => `${key}: not shown`),
    ...Object.entries(shown).flatMap(([key, value]) =>
      compareShown(value, actual[key], options).map((text) => `${key}.${text}`),
    ),
  ];
}
