import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox.js';

export type Json = Record<string, unknown>;
export type Version = 'v20250224' | 'v20111101';

export interface Member extends Json {
  guid: string;
  connection_status: string | null;
  is_being_aggregated: boolean;
  aggregated_at: string | null;
  successfully_aggregated_at: string | null;
  oauth_window_uri: string | null;
}

export interface Challenge {
  guid: string;
  type: string | number;
  label: string;
  options?: { guid: string; label: string; value: string }[];
  image_options?: { guid: string; label: string; value: string; data_uri: string }[];
  image_data?: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: Json;
}

/** The path of a file beside the project; null, with a warning, if it is missing. */
export function besideProject(...path: string[]): string | null {
  const file = resolve('..', 'shared', ...path);
  if (existsSync(file)) return file;
  console.warn(`SKIPPED: tests that need ${['..', 'shared', ...path].join('/')}, which is not there.`);
  return null;
}

/** Starts a sandbox for the current test. It is stopped when the test ends, also on failure. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const settings = { jobMs: 40, webhookRetryMs: 5, ...options.settings };
  const sandbox = createSandbox({ ...options, settings });
  await sandbox.start();
  onTestFinished(() => sandbox.stop());
  return sandbox;
}

/** Reads until the value meets the condition, and returns it. Fails with the last value after the deadline. */
export async function until<T>(
  read: () => T | Promise<T>,
  done: (value: T) => boolean,
  ms = 5000,
): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const value = await read();
    if (done(value)) return value;
    if (Date.now() > deadline) throw new Error(`Timed out; the last value was ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 3));
  }
}

export function authorization(sandbox: Sandbox): string {
  const { clientId, apiKey } = sandbox.credentials;
  return `Basic ${Buffer.from(`${clientId}:${apiKey}`).toString('base64')}`;
}

export async function call(url: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: (text ? JSON.parse(text) : {}) as Json };
}

/** A client of MX's API, in one of its versions. */
export class Mx {
  /** Sent with every request. */
  headers: Record<string, string> = {};

  constructor(
    readonly sandbox: Sandbox,
    readonly version: Version = 'v20250224',
    readonly user: string = sandbox.demoUserGuid,
  ) {}

  send(method: string, path: string, body?: unknown): Promise<Answer> {
    const init: RequestInit = {
      method,
      headers: {
        authorization: authorization(this.sandbox),
        'accept-version': this.version,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...this.headers,
      },
    };
    if (body !== undefined) init.body = typeof body === 'string' ? body : JSON.stringify(body);
    return call(`${this.sandbox.url}${path}`, init);
  }

  /** The same client with other headers. */
  with(headers: Record<string, string>): Mx {
    return Object.assign(new Mx(this.sandbox, this.version, this.user), { headers });
  }

  path(member: string, action = ''): string {
    return `/users/${this.user}/members/${member}${action && `/${action}`}`;
  }

  async createUser(fields: Json = { email: 'someone@example.com' }): Promise<Mx> {
    const { body } = await this.send('POST', '/users', { user: fields });
    return new Mx(this.sandbox, this.version, (body['user'] as { guid: string }).guid);
  }

  /** The two credentials of an institution, filled in. */
  async login(
    password: string,
    institution = 'mxbank',
    username = 'mxuser',
  ): Promise<{ guid: string; value: string }[]> {
    const { body } = await this.send('GET', `/institutions/${institution}/credentials`);
    const values: Record<string, string> = { LOGIN: username, PASSWORD: password };
    return (body['credentials'] as { guid: string; field_name: string }[]).map(({ guid, field_name }) => ({
      guid,
      value: values[field_name] ?? '',
    }));
  }

  async create(password: string, institution = 'mxbank', fields: Json = {}): Promise<Member> {
    const credentials = await this.login(password, institution);
    const member = { institution_code: institution, credentials, ...fields };
    const answer = await this.send('POST', `/users/${this.user}/members`, { member });
    if (answer.status >= 300)
      throw new Error(`Create returned ${answer.status}: ${JSON.stringify(answer.body)}`);
    return answer.body['member'] as Member;
  }

  async createOauth(body: Json = {}, institution = 'mx_bank_oauth'): Promise<Member> {
    const member = { institution_code: institution, is_oauth: true };
    const answer = await this.send('POST', `/users/${this.user}/members`, { member, ...body });
    return answer.body['member'] as Member;
  }

  async read(member: string): Promise<Member> {
    return (await this.send('GET', this.path(member))).body['member'] as Member;
  }

  async list(query = ''): Promise<Member[]> {
    return (await this.send('GET', `/users/${this.user}/members${query}`)).body['members'] as Member[];
  }

  async challenges(member: string): Promise<Challenge[]> {
    const { body } = await this.send('GET', this.path(member, 'challenges'));
    return (body['challenges'] ?? []) as Challenge[];
  }

  /** Answers every challenge of a member with the same value. */
  async answer(member: string, value: string): Promise<Answer> {
    const challenges = (await this.challenges(member)).map(({ guid }) => ({ guid, value }));
    return this.send('PUT', this.path(member, 'resume'), { member: { challenges } });
  }

  async updatePassword(member: string, password: string, institution = 'mxbank'): Promise<Answer> {
    const credentials = await this.login(password, institution);
    return this.send('PUT', this.path(member), { member: { credentials } });
  }

  /** The member once it has the given status. */
  status(member: string, status: string | null): Promise<Member> {
    return until(
      () => this.read(member),
      ({ connection_status }) => connection_status === status,
    );
  }

  /** The member once it has the given status and no job runs. */
  settled(member: string, status: string | null): Promise<Member> {
    return until(
      () => this.read(member),
      (one) => one.connection_status === status && !one.is_being_aggregated,
    );
  }
}

/** Calls the control routes over HTTP, without credentials. */
export function control(sandbox: Sandbox): (method: string, path: string, body?: unknown) => Promise<Answer> {
  return (method, path, body) => {
    const init: RequestInit = { method };
    if (body !== undefined) {
      init.headers = { 'content-type': 'application/json' };
      init.body = JSON.stringify(body);
    }
    return call(`${sandbox.url}/sandbox${path}`, init);
  };
}

export interface Received {
  body: Json;
  headers: IncomingHttpHeaders;
}

/** A receiver of webhooks that records each request and responds with the given status. */
export async function startReceiver(answer: (nth: number) => number = () => 204): Promise<{
  url: string;
  received: Received[];
}> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({ body: JSON.parse(Buffer.concat(chunks).toString()) as Json, headers: request.headers });
      response.writeHead(answer(received.length)).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, received };
}
