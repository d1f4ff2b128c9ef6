#!/usr/bin/env node
import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';

import { pino } from 'pino';
import type { Level } from 'pino';

import { readSettings, SettingsError } from './config/config.js';
import type { MxConfig, ServerConfig, Settings, WebhookConfig } from './config/config.js';
import type { Sandbox } from './sandbox/sandbox.js';
import type { Receiver } from './sandbox/webhooks/receiver.js';
import { createServer } from './server.js';

/** After so long a stop is no longer graceful: whatever still hangs is left behind. */
const STOP_DEADLINE_MS = 10_000;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Starts the sandbox where it is the upstream, and completes the settings with what it gives. */
async function configure(settings: Settings): Promise<{ config: ServerConfig; sandbox: Sandbox | null }> {
  const { mx, auth } = settings;
  if (mx && auth) return { config: { ...settings, mx, auth }, sandbox: null };
  // Over the real MX the sandbox is not even loaded.
  const { createSandbox } = await import('./sandbox/sandbox.js');
  const sandbox = createSandbox({ port: settings.sandboxPort });
  const baseUrl = await sandbox.start();
  const upstream: MxConfig = { baseUrl, ...sandbox.credentials, apiVersion: 'v20250224' };
  const viewer = { kind: 'anonymous', userGuid: sandbox.demoUserGuid } as const;
  const webhook = settings.webhook ?? { username: 'sandbox', passwords: [randomUUID()], bearers: [] };
  const config = { ...settings, mx: upstream, auth: auth ?? viewer, webhook, sandboxUrl: baseUrl };
  return { config, sandbox };
}

/** Where the sandbox sends its webhooks, and how it shows that they are its. */
function toReceiver(url: string, { username, passwords, bearers }: WebhookConfig): Receiver {
  const [password, bearer] = [passwords[0], bearers[0]];
  const shown = password === undefined ? { bearer } : { username, password };
  return { url: `${url}/webhooks/mx`, ...shown };
}

function printBanner(url: string, config: ServerConfig, sandbox: Sandbox | null): void {
  print(`Page      ${url}/`);
  print(`GraphQL   ${url}/graphql`);
  if (config.introspection === true) print(`GraphiQL  ${url}/graphiql`);
  if (!sandbox) return print(`Upstream  MX at ${config.mx.baseUrl}`);
  print(`Sandbox   ${sandbox.url}/sandbox`);
  print(
    config.auth.kind === 'anonymous'
      ? `Upstream  embedded sandbox; requests without a token run as its demo user ${sandbox.demoUserGuid}`
      : 'Upstream  embedded sandbox',
  );
}

/**
 * V8 lets garbage grow to four times what lives before it looks for it. Twice costs no more processor time that could
 * be measured, and a quarter less memory (see `bench/README.md`).
 */
const HEAP_GROWTH = '--heap-growing-percent=100';

/**
 * After an uncaught exception the state is unknown: log it, finish the requests in flight, exit 1, and let the supervisor
 * restart the process.
 */
function exitOnUncaughtException(level: Level | 'silent', stop: () => Promise<void>): void {
  const log = pino({ level });
  let isEnding = false;
  const end = (fault: unknown) => {
    log.fatal({ err: fault }, 'uncaught exception, shutting down');
    if (isEnding) process.exit(1);
    isEnding = true;
    stop().then(
      () => process.exit(1),
      () => process.exit(1),
    );
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
}

async function main(): Promise<void> {
  setFlagsFromString(HEAP_GROWTH);
  const { config, sandbox } = await configure(readSettings());
  const server = createServer(config);
  const url = await server.start();
  if (sandbox && config.webhook) sandbox.control.setWebhooks(toReceiver(url, config.webhook));

  async function stop(): Promise<void> {
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
    await server.stop();
    await sandbox?.stop();
  }
  exitOnUncaughtException(config.logLevel, stop);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
  // Last: a supervisor may send a signal as soon as it has read this.
  printBanner(url, config, sandbox);
}

main().catch((error: unknown) => {
  const reason = error instanceof SettingsError ? error.message : String(error);
  process.stderr.write(`${reason}\n`);
  process.exit(1);
});
