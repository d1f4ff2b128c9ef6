import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

import { onTestFinished } from 'vitest';

/** The way between a browser and a server, of which a browser knows nothing. */
export interface CuttableProxy {
  /** Where the server is reached by this way. */
  readonly url: string;
  /** Ends all connections at once, and all that are tried from now on. */
  cut(): void;
  restore(): void;
}

/** Passes bytes on to a server until it is told not to; lives as long as the test that calls this. */
export async function proxyOfTest(serverUrl: string): Promise<CuttableProxy> {
  const { hostname, port } = new URL(serverUrl);
  const open = new Set<Socket>();
  let isCut = false;
  const keep = (socket: Socket) => {
    open.add(socket);
    // A connection that was cut is no fault of either side.
    socket.on('error', () => undefined).on('close', () => open.delete(socket));
    return socket;
  };
  const cut = () => {
    isCut = true;
    for (const socket of open) socket.destroy();
  };
  const server = createServer((near) => {
    keep(near);
    if (isCut) return void near.destroy();
    const far = keep(connect(Number(port), hostname));
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    cut();
    server.close();
  });
  const { port: own } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${own}`, cut, restore: () => void (isCut = false) };
}
