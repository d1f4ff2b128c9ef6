import { expect } from 'vitest';

import { readSettings, SettingsError } from '../../../src/config/config.js';

/** A complete set of settings for a real MX. */
export const MX = {
  MX_BASE_URL: 'https://int-api.mx.example',
  MX_CLIENT_ID: 'client-hunter2',
  MX_API_KEY: 'key-hunter2',
} as const;

/** A complete set of settings for tokens. */
export const AUTH = {
  AUTH_JWKS_URL: 'https://issuer.example/keys',
  AUTH_ISSUER: 'https://issuer.example',
  AUTH_AUDIENCE: 'mx-member-graphql',
  AUTH_USER_CLAIM: 'mx_user_guid',
} as const;

/** The errors of an invalid configuration; fails if it is valid, or if an error repeats "hunter2". */
export function errorsOf(env: Readonly<Record<string, string>>): readonly string[] {
  try {
    readSettings(env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    for (const one of error.faults) expect(error.message).toContain(one);
    expect(error.message).not.toContain('hunter2');
    return error.faults;
  }
  throw new Error(`The configuration is valid: ${JSON.stringify(env)}`);
}

/** The names of the settings that are invalid. */
export const namesOf = (env: Readonly<Record<string, string>>) =>
  errorsOf(env).map((error) => error.split(':')[0]);
