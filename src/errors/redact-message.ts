/**
 * Messages of graphql-js quote the invalid value of a variable, which may be a password, and suggest names of the schema
 * for misspelled ones. The messages are rewritten here without either.
 */

/** Parts of messages without a value. Others are not repeated. */
const REASON =
  /^(Expected non-nullable type "[\w[\]!]+" not to be null|Expected type "\w+" to be an object|Field "\w+" of required type "[\w[\]!]+" was not provided|Field "\w+" is not defined by type "\w+"|Exactly one key must be specified for OneOf type "\w+"|Field "\w+" must be non-null)\./;

const OTHER_REASON = 'the value has the wrong type.';

type Rule = readonly [pattern: RegExp, reword: (match: RegExpExecArray) => string];

/** Patterns are greedy up to the last quote, because the value may contain quotes. */
const RULES: readonly Rule[] = [
  [
    /^Variable "(\$\w+)" got invalid value .*?(?: at "([\w.[\]]+)")?; ([^;]*)$/s,
    ([, name = '', path, reason = '']) => {
      const where = path === undefined ? '' : ` at "${path}"`;
      return `Variable "${name}" got an invalid value${where}: ${REASON.exec(reason)?.[0] ?? OTHER_REASON}`;
    },
  ],
  [/^Variable "(\$\w+)" got invalid value /, ([, name = '']) => `Variable "${name}" got an invalid value.`],
  [/^(Expected value of type "[^"]+"), found /, ([, expected = '']) => `${expected}; ${OTHER_REASON}`],
  [/^(Argument "[^"]+" has an? invalid value)/, ([, start = '']) => `${start}.`],
  [/^(\w+|Enum "\w+") cannot represent /, ([, type = '']) => `${type} cannot represent the value.`],
  [/^Value ".*" does not exist in ("\w+" enum)/s, ([, type = '']) => `The value does not exist in ${type}.`],
  [/^(Syntax Error: .*?(?:found|Unexpected) \w+) "/, ([, start = '']) => `${start}.`],
  [/^(Syntax Error: [\w ]*)[:"]/, ([, start = '']) => `${start.trim()}.`],
  [/^(.*?) Did you mean .*\?$/s, ([, start = '']) => start],
];

/** Returns a graphql-js message without values and suggestions. */
export function redactMessage(message: string): string {
  for (const [pattern, reword] of RULES) {
    const match = pattern.exec(message);
    if (match) return reword(match);
  }
  return message;
}
