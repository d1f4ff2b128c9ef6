import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import { createTimers } from '../../src/sandbox/timers.js';
import { Mx, startSandbox } from './support.js';

test('a sandbox listens on a free port once it is started, and can be stopped twice', async () => {
  const sandbox = createSandbox({ settings: { jobMs: 600_000, webhookRetryMs: 600_000 } });
  expect(() => sandbox.url).toThrow('before it is started');
  await sandbox.stop();
  const url = await sandbox.start();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${url}/sandbox`)).status).toBe(200);
  await expect(sandbox.start()).rejects.toThrow('already');
  const mx = new Mx(sandbox);
  sandbox.control.setWebhooks({ url: 'http://127.0.0.1:1' });
  const { guid } = await (await mx.createUser()).create('right');
  expect(guid).toMatch(/^MBR-/);
  const before = activeTimers();
  const start = performance.now();
  await Promise.all([sandbox.stop(), sandbox.stop()]);
  await sandbox.stop();
  expect(performance.now() - start).toBeLessThan(1000);
  expect(activeTimers()).toBeLessThan(before);
  await expect(fetch(url)).rejects.toThrow();
});

function activeTimers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}

test('a stopped sandbox can be started again, with its members', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  const { guid } = await mx.create('right');
  await mx.settled(guid, 'CONNECTED');
  await mx.sandbox.stop();
  await mx.sandbox.start();
  expect(await mx.read(guid)).toMatchObject({ connection_status: 'CONNECTED' });
});

test('start rejects with the port if it is taken', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void holder.close());
  const { port } = holder.address() as AddressInfo;
  await expect(createSandbox({ port }).start()).rejects.toThrow(`127.0.0.1:${port} is taken`);
});

test('timers are removed when they fire and when they are cancelled, one by one or all at once', async () => {
  const timers = createTimers();
  const fired: string[] = [];
  await new Promise<void>((resolve) => {
    timers.after(0, () => resolve());
    timers.after(0, () => fired.push('cancelled')).cancel();
    timers.after(60_000, () => fired.push('late'));
  });
  expect(timers.size).toBe(1);
  timers.cancelAll();
  expect(timers.size).toBe(0);
  expect(fired).toEqual([]);
});
