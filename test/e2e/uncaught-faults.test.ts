import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

import { openSocket } from '../support/live-client.js';
import { serverProcessOfTest } from '../support/server-process.js';

const FIXTURE = fileURLToPath(new URL('../fixtures/fault-on-signal.js', import.meta.url));

describe('an uncaught error', { timeout: 60_000 }, () => {
  it.each(['exception', 'rejection'])('is logged, and stops the process gracefully: %s', async (kind) => {
    const server = serverProcessOfTest({ NODE_OPTIONS: `--import ${FIXTURE}`, FAULT: kind });
    const url = await server.find(/^GraphQL +(http:\S+)\/graphql$/m);
    const live = await openSocket(url);
    process.kill(server.pid, 'SIGUSR2');
    // Sockets are closed as on a normal stop.
    expect(await live.closed).toEqual({ code: 1001, reason: 'Going away' });
    expect(await server.ended(10_000)).toBe(1);
    const logged = server.stdout.split('\n').find((line) => line.includes('uncaught exception'));
    expect(JSON.parse(logged ?? '')).toMatchObject({
      level: 60,
      err: { type: 'Error', message: 'a fault of the test' },
    });
  });
});
