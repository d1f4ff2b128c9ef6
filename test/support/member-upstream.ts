import { upstreamOfTest } from './scripted-upstream.js';
import type { ScriptedUpstream } from './scripted-upstream.js';
import { useStack } from './start-stack.js';
import type { Stack, StackOptions } from './start-stack.js';

/** The user of `useMemberUpstream`. */
export const USER = 'USR-1';

/** A member as MX sends it, CONNECTED unless told otherwise. */
export function memberRow(guid: string, fields: object = {}): object {
  return {
    guid,
    user_guid: USER,
    name: `Bank of ${guid}`,
    institution_code: 'mxbank',
    connection_status: 'CONNECTED',
    ...fields,
  };
}

/** Rows of members MBR-`first` to MBR-`last`. */
export const memberRows = (first: number, last: number): object[] =>
  Array.from({ length: last - first + 1 }, (_, index) => memberRow(`MBR-${first + index}`));

/** A page as MX sends it, with a total that may differ from the number of rows. */
export function memberPage(members: readonly unknown[], total = members.length, more: object = {}): object {
  const pagination = {
    current_page: 1,
    per_page: 100,
    total_entries: total,
    total_pages: Math.ceil(total / 100),
  };
  return { members, pagination: { ...pagination, ...more } };
}

/** Answers the pages of a list, of which each has `size` rows whatever was asked for. */
export function pagesOf(rows: readonly object[], size: number): (page: number) => object {
  const total_pages = Math.max(1, Math.ceil(rows.length / size));
  return (page) => {
    const pagination = { current_page: page, per_page: size, total_entries: rows.length, total_pages };
    return { members: rows.slice((page - 1) * size, page * size), pagination };
  };
}

type Answer = (page: number) => unknown;

/** A server over an upstream whose list of members a test scripts. */
export interface MemberUpstream extends Pick<Stack, 'url' | 'graphql'> {
  /** Sets what the list endpoint answers from now on. A value is answered for each page. */
  answer(body: Answer | object | string | null): void;
  /** Sets what the next pages answer, in their order; then `answer` applies again. */
  answerOnce(...bodies: readonly unknown[]): void;
  /** Answers paths other than the list. */
  other(script: (path: string, method: string) => { status?: number; body: unknown } | undefined): void;
  /** How many pages of the list were requested. */
  readonly listCalls: () => number;
  readonly upstream: ScriptedUpstream;
}

const LIST = new RegExp(`^/users/${USER}/members\\?`);

/** Starts the upstream and a server over it, for the test that calls this. Lists are fresh for 0 ms by default. */
export async function useMemberUpstream(options: StackOptions = {}): Promise<MemberUpstream> {
  let current: Answer = () => memberPage([]);
  const next: unknown[] = [];
  let others: Parameters<MemberUpstream['other']>[0] = () => undefined;
  const upstream = await upstreamOfTest((path, method) => {
    if (method !== 'GET' || !LIST.test(path)) return others(path, method);
    if (next.length > 0) return { body: next.shift() };
    return { body: current(Number(new URLSearchParams(path.split('?')[1]).get('page') ?? 1)) };
  });
  const { url, graphql } = await useStack({
    freshnessMs: 0,
    knowsSandbox: false,
    auth: { kind: 'anonymous', userGuid: USER },
    ...options,
    mx: { baseUrl: upstream.baseUrl },
  });
  return {
    url,
    graphql,
    upstream,
    answer: (body) => {
      current = typeof body === 'function' ? (body as Answer) : () => body;
    },
    answerOnce: (...bodies) => void next.push(...bodies),
    other: (script) => {
      others = script;
    },
    listCalls: () => upstream.paths.filter((path) => LIST.test(path)).length,
  };
}
