import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';

/** A request that came in, and how the upstream behind would answer it. */
export interface AlteredRequest {
  readonly method: string;
  readonly path: string;
  /** Asks the upstream behind, which makes the request take effect. */
  readonly forward: () => Promise<{ readonly status: number; readonly body: Buffer }>;
}

/** Answers a request in any way that HTTP, or a broken peer, has. */
export type Alter = (request: AlteredRequest, response: ServerResponse) => void | Promise<void>;

/** A proxy before an upstream, whose answers a test decides. */
export interface AlteringUpstream {
  readonly baseUrl: string;
  /** Address of the upstream behind. */
  target: string;
  /** How requests are answered from now on. */
  alter: Alter;
  /** The requests that came in, as "METHOD /path", in their order. */
  readonly requests: string[];
}

/** Answers as the upstream behind does. */
export const passOn: Alter = async ({ forward }, response) => {
  const { status, body } = await forward();
  response.writeHead(status, { 'content-type': 'application/json' }).end(body.length > 0 ? body : undefined);
};

/** A proxy of the test that calls this. It passes everything on until told otherwise. */
export async function alteringUpstreamOfTest(): Promise<AlteringUpstream> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const { method = '', url: path = '', headers } = request;
    requests.push(`${method} ${path}`);
    const forward = async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const passed = ['authorization', 'accept', 'accept-version', 'content-type'].flatMap((name) =>
        headers[name] === undefined ? [] : [[name, String(headers[name])]],
      );
      const answer = await fetch(upstream.target + path, {
        method,
        headers: Object.fromEntries(passed) as Record<string, string>,
        ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
      });
      return { status: answer.status, body: Buffer.from(await answer.arrayBuffer()) };
    };
    void upstream.alter({ method, path, forward }, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  });
  const upstream: AlteringUpstream = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target: '',
    alter: passOn,
    requests,
  };
  return upstream;
}
