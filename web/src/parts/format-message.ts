export type Values = Readonly<Record<string, string | number>>;

/** A text with places for `{values}`; one that counts has a text for each plural form of the language. */
export type Message = string | Readonly<Record<string, string>>;

function textFor(message: Message, values: Values, locale: string): string {
  if (typeof message === 'string') return message;
  const form = new Intl.PluralRules(locale).select(Number(values['count']));
  return message[form] ?? message['other'] ?? '';
}

/** Fills the places of a text. */
export function formatMessage(message: Message, values: Values, locale: string): string {
  return textFor(message, values, locale).replace(/\{(\w+)\}/g, (_, name: string) =>
    String(values[name] ?? ''),
  );
}
