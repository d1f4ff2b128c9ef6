#!/usr/bin/env node
import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';

import { pino } from 'pino';
import type { Logger } from 'pino';

import { readSettings, readWarnings, SettingsError } from './config/config.js';
import type { MxConfig, ServerConfig, Settings, WebhookConfig } from './config/config.js';
import type { Sandbox } from './sandbox/sandbox.js';
import type { Receiver } from './sandbox/webhooks/receiver.js';
import { createServer } from './server.js';

/** Deadline for a graceful shutdown, in milliseconds. Then the process exits with requests in flight. */
const STOP_DEADLINE_MS = 10_000;

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Starts the sandbox if it is the upstream, and completes the settings with its values. */
async function configure(settings: Settings): Promise<{ config: ServerConfig; sandbox: Sandbox | null }> {
  const { mx, auth } = settings;
  if (mx && auth) return { config: { ...settings, mx, auth }, sandbox: null };
  // Loaded only if needed.
  const { createSandbox } = await import('./sandbox/sandbox.js');
  const sandbox = createSandbox({ port: settings.sandboxPort });
  const baseUrl = await sandbox.start();
  const upstream: MxConfig = { baseUrl, ...sandbox.credentials, apiVersion: 'v20250224' };
  const viewer = { kind: 'anonymous', userGuid: sandbox.demoUserGuid } as const;
  const webhook = settings.webhook ?? { username: 'sandbox', passwords: [randomUUID()], bearers: [] };
  const config = { ...settings, mx: upstream, auth: auth ?? viewer, webhook, sandboxUrl: baseUrl };
  return { config, sandbox };
}

/** The URL and credentials of the sandbox's webhooks. */
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
 * By default V8 lets the heap grow to four times its live size before a collection. Twice costs no measurable processor
 * time and saves a quarter of the memory (see `bench/README.md`).
 */
const HEAP_GROWTH = '--heap-growing-percent=100';

/**
 * After an uncaught exception the state is unknown: log it, finish the requests in flight, exit 1, and let the supervisor
 * restart the process.
 */
function exitOnUncaughtException(log: Logger, stop: () => Promise<void>): void {
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
  const settings = readSettings();
  const log = pino({ level: settings.logLevel });
  for (const { name, message } of readWarnings()) log.warn({ setting: name }, `${name} ${message}`);
  const { config, sandbox } = await configure(settings);
  const server = createServer(config);
  const url = await server.start();
  if (sandbox && config.webhook) sandbox.control.setWebhooks(toReceiver(url, config.webhook));

  async function stop(): Promise<void> {
    setTimeout(() => process.exit(1), STOP_DEADLINE_MS).unref();
    await server.stop();
    await sandbox?.stop();
  }
  exitOnUncaughtException(log, stop);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
  // Last: a supervisor may send a signal as soon as it has read this.
  printBanner(url, config, sandbox);
}

/** Why the process cannot start. A misspelled setting is often the reason why another one is missing. */
function reasonOf(error: unknown): string {
  if (error instanceof SettingsError) {
    const warnings = readWarnings().map(({ name, message }) => `\n  - ${name}: ${message}`);
    return `${error.message}${warnings.join('')}`;
  }
  const { syscall, code, port, message } = error as NodeJS.ErrnoException & { readonly port?: number };
  if (syscall !== 'listen' && syscall !== 'getaddrinfo') return String(error);
  const { port: mainPort, metricsPort, sandboxPort } = readSettings();
  const ports = Object.entries({ PORT: mainPort, METRICS_PORT: metricsPort, SANDBOX_PORT: sandboxPort });
  const isHost = code === 'EADDRNOTAVAIL';
  const [setting = 'HOST'] = ports.flatMap(([name, value]) => (!isHost && value === port ? [name] : []));
  return new SettingsError([`${setting}: ${message}`]).message;
}

main().catch((error: unknown) => {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exit(1);
});
