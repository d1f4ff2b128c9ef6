import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

import { onTestFinished } from 'vitest';

/** What an upstream answers to a path: a body as JSON, or a string as it is, and a status beside it. */
export type Script = (
  path: string,
  method: string,
) => { readonly status?: number; readonly body: unknown } | undefined;

export interface ScriptedUpstream {
  readonly baseUrl: string;
  /** The paths that were asked for, in their order. */
  readonly paths: readonly string[];
  /** The methods of these requests. */
  readonly methods: readonly string[];
  /** The headers that came with them. */
  readonly headers: readonly IncomingHttpHeaders[];
}

/** An upstream of the test that calls this, for answers that the sandbox would never give; 404 where it has none. */
export async function upstreamOfTest(script: Script): Promise<ScriptedUpstream> {
  const paths: string[] = [];
  const methods: string[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    paths.push(path);
    headers.push(request.headers);
    const { method = 'GET' } = request;
    methods.push(method);
    const { status = 200, body } = script(path, method) ?? { status: 404, body: {} };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    response.writeHead(status, { 'content-type': 'application/json' }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, paths, methods, headers };
}
