import { describe, expect, it } from 'vitest';

import { codesOf, dataOf } from '../../support/graphql-client.js';
import { useMemberUpstream } from '../../support/member-upstream.js';

const QUERY = `query ($first: Int, $after: String) {
  institutions(search: "bank", first: $first, after: $after) {
    totalCount nodes { code } pageInfo { hasNextPage endCursor } } }`;

interface Found {
  readonly institutions: {
    readonly totalCount: number;
    readonly nodes: readonly { readonly code: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const codes = (count: number) => Array.from({ length: count }, (_, index) => `bank${index + 1}`);

interface ListOptions {
  /** The largest page size that MX accepts; it uses 25 instead of a larger one. */
  readonly maxSize: number;
  readonly hasTotalPages?: boolean;
  /** Rows that cannot be read. */
  readonly broken?: readonly string[];
}

/** A server over an upstream that has so many institutions. */
async function searchOfTest(count: number, { maxSize, hasTotalPages = true, broken = [] }: ListOptions) {
  const scene = await useMemberUpstream();
  const requests: string[] = [];
  scene.other((path) => {
    requests.push(path);
    const query = new URLSearchParams(path.split('?')[1]);
    const [asked, page] = [Number(query.get('records_per_page')), Number(query.get('page'))];
    const size = asked > maxSize ? 25 : asked;
    const rows = codes(count).slice((page - 1) * size, page * size);
    const total_pages = Math.max(1, Math.ceil(count / size));
    return {
      body: {
        institutions: rows.map((code) => (broken.includes(code) ? { code: 7 } : { code, name: code })),
        pagination: { total_entries: count, ...(hasTotalPages && { total_pages, per_page: size }) },
      },
    };
  });

  /** All codes, read in pages of a length. */
  async function readAll(first: number): Promise<string[]> {
    const read: string[] = [];
    let after: string | null = null;
    do {
      const { institutions }: Found = dataOf<Found>(await scene.graphql(QUERY, { first, after }));
      expect(institutions.totalCount).toBe(count);
      read.push(...institutions.nodes.map(({ code }) => code));
      after = institutions.pageInfo.hasNextPage ? institutions.pageInfo.endCursor : null;
    } while (after !== null);
    return read;
  }
  return { ...scene, requests, readAll };
}

describe('the search of institutions', () => {
  it.each([0, 1, 24, 25, 26, 99, 100, 101, 125, 130, 200, 310])(
    'finds all of %i, whichever page size MX uses and the client asks for',
    async (count) => {
      for (const [maxSize, hasTotalPages] of [
        [100, true],
        [25, true],
        [25, false],
      ] as const) {
        const { readAll, requests } = await searchOfTest(count, { maxSize, hasTotalPages });
        // Without the number of pages, a page of 25 cannot be told from the last one if that has 25 rows.
        if (!hasTotalPages && count % 100 === 25 && count > 100) continue;
        for (const first of [7, 25, 60, 100]) expect(await readAll(first)).toEqual(codes(count));
        const pages = Math.max(1, Math.ceil(count / 100));
        expect(requests.length).toBeLessThanOrEqual(maxSize === 100 ? pages : pages * 5);
      }
    },
  );

  it('neither repeats nor omits an institution because another cannot be read', async () => {
    const broken = ['bank50', 'bank150'];
    const readable = codes(230).filter((code) => !broken.includes(code));
    for (const maxSize of [100, 25]) {
      const { readAll } = await searchOfTest(230, { maxSize, broken });
      for (const first of [7, 60, 80, 100]) expect(await readAll(first)).toEqual(readable);
    }
  });

  it('costs four calls if MX answers none of its pages, and a page with its retries if it answers the first', async () => {
    const scene = await useMemberUpstream();
    let failsFrom = 0;
    const requests: string[] = [];
    scene.other((path) => {
      requests.push(path);
      if (requests.length > failsFrom) return { status: 500, body: {} };
      const rows = codes(25).map((code) => ({ code, name: code }));
      return { body: { institutions: rows, pagination: { total_entries: 90, total_pages: 4 } } };
    });
    for (const [answered, calls] of [
      [0, 4],
      [2, 6],
    ] as const) {
      requests.length = 0;
      failsFrom = answered;
      expect(codesOf(await scene.graphql(QUERY, { first: 10 }))).toEqual(['UPSTREAM_UNAVAILABLE']);
      expect(requests).toHaveLength(calls);
    }
  });
});
