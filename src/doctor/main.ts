#!/usr/bin/env node
import { parseArgs } from 'node:util';

import { readSettings, readWarnings, SettingsError } from '../config/config.js';
import type { Settings } from '../config/config.js';
import { checkClock } from './clock.js';
import { findingsOn, summaryOf, toLines } from './finding.js';
import type { Finding } from './finding.js';
import { checkJwks } from './jwks.js';
import { checkMx } from './mx.js';
import { checkRedis } from './redis.js';
import { checkWebhook } from './webhook.js';

/** One check. */
type Check = () => Finding[] | Promise<Finding[]>;

const USAGE = 'Usage: npm run doctor [-- --webhook-url https://<your host>/webhooks/mx]';

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The checks, in the order of their dependencies. */
function checksOf({ mx, redisUrl, auth, webhook }: Settings, webhookUrl: string | undefined): Check[] {
  const jwksUrl = auth?.kind === 'jwt' ? auth.jwksUrl : null;
  const checksWebhook = mx !== null || webhook !== null || webhookUrl !== undefined;
  const sandbox = findingsOn('MX').ok(
    'is the embedded sandbox because no MX_* setting is set; there is nothing to check',
  );
  const alone = findingsOn('Redis').ok(
    'is not used because REDIS_URL is not set, which is fine for a single instance',
  );
  const open = findingsOn('JWKS').ok("is not used: requests without a token run as the sandbox's demo user");
  return [
    () => (mx ? checkMx(mx) : [sandbox]),
    () => (mx ? checkClock(mx.baseUrl) : []),
    () => (redisUrl === null ? [alone] : checkRedis(redisUrl)),
    () => (jwksUrl === null ? [open] : checkJwks(jwksUrl)),
    () => (checksWebhook ? checkWebhook(webhook, webhookUrl) : []),
  ];
}

/** The settings of this environment, or all errors in them. */
function readOwnSettings(): { settings: Settings | null; findings: Finding[] } {
  const { ok, warn, fail } = findingsOn('settings');
  const warnings = readWarnings().map(({ name, message }) =>
    warn(`${name} ${message}`, 'Correct its name in the environment, or remove it.'),
  );
  try {
    return { settings: readSettings(), findings: [ok('are valid'), ...warnings] };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const advice = 'Correct it in the environment. The other checks run once all settings are valid.';
    return { settings: null, findings: [...error.faults.map((fault) => fail(fault, advice)), ...warnings] };
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { 'webhook-url': { type: 'string' } } });
  const { settings, findings } = readOwnSettings();
  const tell = (found: readonly Finding[]) => found.flatMap(toLines).forEach(print);
  tell(findings);
  for (const check of settings ? checksOf(settings, values['webhook-url']) : []) {
    const found = await check();
    tell(found);
    findings.push(...found);
  }
  print(summaryOf(findings));
  if (findings.some(({ level }) => level === 'FAIL')) process.exitCode = 1;
}

main().catch((error: unknown) => {
  const isUsage = error instanceof TypeError && 'code' in error;
  process.stderr.write(`${isUsage ? USAGE : String(error)}\n`);
  process.exitCode = 1;
});
