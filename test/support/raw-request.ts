import { connect } from 'node:net';

export interface RawRequest {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

function parseAnswer(raw: string): RawAnswer | null {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const [statusLine = '', ...lines] = head.split('\r\n');
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(statusLine)?.[1]);
  if (!status) return null;
  const headers = Object.fromEntries(
    lines.map((line) => [line.split(':')[0]?.toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  ) as Record<string, string>;
  return { status, headers, text: rest.join('\r\n\r\n') };
}

/**
 * Sends one request over a socket of its own and reads the answer to its end. Unlike `fetch`, it hears a server that
 * answers and hangs up before it has read all of the body.
 */
export function sendRaw(serverUrl: string, request: RawRequest): Promise<RawAnswer> {
  const { method = 'POST', path = '/graphql', headers = {}, body = '' } = request;
  const { hostname, port } = new URL(serverUrl);
  const bytes = Buffer.from(body);
  const fields = { host: `${hostname}:${port}`, connection: 'close', ...headers };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  const head = [`${method} ${path} HTTP/1.1`, ...lines, `content-length: ${bytes.length}`, '', ''];

  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let received = '';
    const finish = (error?: Error) => {
      const answer = parseAnswer(received);
      if (answer) resolve(answer);
      else
        reject(error ?? new Error(`The server hung up without an answer; it sent ${received.length} bytes.`));
    };
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (received += chunk));
    // A server that has refused a body may reset the connection while the rest is still being sent.
    socket.on('error', finish);
    socket.on('close', () => finish());
    socket.write(head.join('\r\n'));
    socket.write(bytes);
  });
}
