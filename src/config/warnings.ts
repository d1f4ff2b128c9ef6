import { SETTING_NAMES, withoutEmpty } from './environment.js';
import type { Given } from './environment.js';

/** A setting that has no effect. */
export interface SettingWarning {
  readonly name: string;
  readonly message: string;
}

/** The number of insertions, deletions, substitutions and swaps of neighbors that turn one string into another. */
function editDistance(a: string, b: string): number {
  let [beforeLast, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substituted = (last[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      const swapped = isSwap ? (beforeLast[j - 2] ?? 0) + 1 : Infinity;
      row.push(Math.min(substituted, swapped, (last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? 0;
}

/** How many letters per error a name must have to pass for a misspelled one: short names are often names of their own. */
const LETTERS_PER_ERROR = 5;

/** The setting that a variable is probably meant to be; undefined if it does not look like one. */
function suggestionFor(variable: string): string | undefined {
  const name = variable.toUpperCase().replace(/[.-]/g, '_');
  const near = SETTING_NAMES.map((setting) => ({ setting, distance: editDistance(name, setting) }))
    .filter(({ setting, distance }) => distance <= Math.floor(setting.length / LETTERS_PER_ERROR))
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.setting;
}

function misspelled(given: Given): SettingWarning[] {
  return Object.keys(given).flatMap((name) => {
    const suggestion = SETTING_NAMES.includes(name) ? undefined : suggestionFor(name);
    return suggestion === undefined
      ? []
      : [{ name, message: `is not a setting; did you mean ${suggestion}?` }];
  });
}

/** Settings that are ignored because of what else is set or not set. */
function withoutEffect(given: Given): SettingWarning[] {
  const isRealMx = given['MX_BASE_URL'] !== undefined;
  const hasTokens = given['AUTH_JWKS_URL'] !== undefined;
  const ignored = [
    { name: 'SANDBOX_PORT', isIgnored: isRealMx, message: 'has no effect with a real MX' },
    { name: 'MX_API_VERSION', isIgnored: !isRealMx, message: 'has no effect without MX_BASE_URL' },
    { name: 'AUTH_SUPPORT_SCOPE', isIgnored: !hasTokens, message: 'has no effect without AUTH_JWKS_URL' },
  ];
  return ignored.filter(({ name, isIgnored }) => isIgnored && given[name] !== undefined);
}

/** Finds variables that are probably misspelled settings, and settings that have no effect. Values are not repeated. */
export function findWarnings(env: NodeJS.ProcessEnv): readonly SettingWarning[] {
  const given = withoutEmpty(env);
  return [...misspelled(given), ...withoutEffect(given)].map(({ name, message }) => ({ name, message }));
}
