import { connect } from 'node:net';
import type { Socket } from 'node:net';

export interface RawAnswer {
  readonly status: number;
  readonly body: Buffer;
}

const HEAD_END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

/**
 * One keep-alive HTTP/1.1 connection that carries one request at a time. It knows no more than the servers
 * under test send, which makes it several times cheaper than a full client: the load generator shares the
 * machine with what it measures.
 */
export class RawConnection {
  readonly #socket: Socket;
  #received: Buffer[] = [];
  #pending: { resolve: (answer: RawAnswer) => void; reject: (error: Error) => void } | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('data', (chunk) => this.#onData(chunk));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('the server closed the connection')));
  }

  static open(port: number): Promise<RawConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(new RawConnection(socket)));
      socket.once('error', reject);
    });
  }

  request(bytes: Buffer): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject };
      this.#socket.write(bytes);
    });
  }

  close(): void {
    this.#pending = undefined;
    this.#socket.destroy();
  }

  #onData(chunk: Buffer): void {
    this.#received.push(chunk);
    const [only, second] = this.#received;
    const bytes = only && !second ? only : Buffer.concat(this.#received);
    const answer = parseAnswer(bytes);
    if (!answer) {
      this.#received = [bytes];
      return;
    }
    this.#received = [];
    const pending = this.#pending;
    this.#pending = undefined;
    pending?.resolve(answer);
  }

  #fail(error: Error): void {
    this.#pending?.reject(error);
    this.#pending = undefined;
  }
}

/** The whole answer, or undefined while bytes are missing. */
function parseAnswer(bytes: Buffer): RawAnswer | undefined {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return undefined;
  const head = bytes.toString('latin1', 0, headEnd).toLowerCase();
  const status = Number(head.slice(9, 12));
  const start = headEnd + HEAD_END.length;
  const length = /\ncontent-length: *(\d+)/.exec(head)?.[1];
  if (length === undefined) return parseChunked(bytes.subarray(start), head, status);
  const end = start + Number(length);
  return bytes.length < end ? undefined : { status, body: bytes.subarray(start, end) };
}

function parseChunked(bytes: Buffer, head: string, status: number): RawAnswer | undefined {
  if (!head.includes('transfer-encoding: chunked')) throw new Error(`answer without a length:\n${head}`);
  if (bytes.length < LAST_CHUNK.length || !bytes.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK))
    return undefined;
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    if (!(size > 0))
      return { status, body: chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks) };
    chunks.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
