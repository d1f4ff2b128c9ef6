export type Values = Readonly<Record<string, string | number>>;

/** A message with `{placeholders}`; one with a count has a text for each plural form of the language. */
export type Message = string | Readonly<Record<string, string>>;

function selectPlural(message: Message, values: Values, locale: string): string {
  if (typeof message === 'string') return message;
  const form = new Intl.PluralRules(locale).select(Number(values['count']));
  return message[form] ?? message['other'] ?? '';
}

/** Formats a message with values. */
export function formatMessage(message: Message, values: Values, locale: string): string {
  return selectPlural(message, values, locale).replace(/\{(\w+)\}/g, (_, name: string) =>
    String(values[name] ?? ''),
  );
}
