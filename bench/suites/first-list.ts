import { launchChromium } from '../../test/support/chromium.js';
import { loadTwice, startBarePage } from '../page-load.js';
import type { Load, Network } from '../page-load.js';
import { startServer } from '../processes.js';
import { figure, markdownTable, median } from '../report.js';
import type { SuiteReport } from '../report.js';
import { EFFORTS } from '../rounds.js';
import type { Effort } from '../rounds.js';

/** As Lighthouse has them. */
const NETWORKS: readonly Network[] = [
  { name: 'slow 4G', latencyMs: 150, kilobitsPerSecond: 1_638 },
  { name: 'fast 3G', latencyMs: 562, kilobitsPerSecond: 1_475 },
];

interface Row extends Load {
  readonly page: string;
  readonly network: string;
  readonly visit: 'first' | 'again';
}

/** The product with its sandbox, as `npm start` runs it. */
const PRODUCT: Parameters<typeof startServer>[0] = {
  name: 'page',
  readyPath: '/livez',
  command: ({ port }) => ({
    file: process.execPath,
    args: ['dist/main.js'],
    cwd: process.cwd(),
    env: { PORT: String(port), LOG_LEVEL: 'error' },
  }),
};

/** How long it takes until somebody sees their connections, beside a page that does nothing else. */
export async function firstList(effort: Effort): Promise<SuiteReport> {
  const rounds = effort === EFFORTS.short ? 1 : 7;
  const server = await startServer(PRODUCT, '');
  const product = `http://127.0.0.1:${server.port}`;
  const bare = await startBarePage(product);
  const browser = await launchChromium();
  const pages = { 'the connections page': `${product}/`, 'bare page': `${bare.url}/` };
  const rows: Row[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      for (const network of NETWORKS) {
        for (const [page, url] of Object.entries(pages)) {
          const [first, again] = await loadTwice(browser, url, network);
          rows.push({ page, network: network.name, visit: 'first', ...first });
          rows.push({ page, network: network.name, visit: 'again', ...again });
        }
      }
    }
  } finally {
    await browser.close();
    await bare.stop();
    await server.stop();
  }
  return { text: textOf(rows, Object.keys(pages)), figures: { rounds, rows } };
}

interface Scene {
  readonly network: string;
  readonly visit: Row['visit'];
  readonly page: string;
}

function textOf(rows: readonly Row[], pages: readonly string[]): string {
  const middle = (scene: Scene, pick: (row: Row) => number) =>
    median(rows.filter((row) => isOf(row, scene)).map(pick));
  const lines = NETWORKS.flatMap(({ name: network }) =>
    (['first', 'again'] as const).flatMap((visit) =>
      pages.map((page) => {
        const scene = { network, visit, page };
        const ms = middle(scene, (row) => row.firstListMs);
        const base = middle({ ...scene, page: 'bare page' }, (row) => row.firstListMs);
        const kib = middle(scene, (row) => row.receivedKiB);
        return [`${network}, ${visit} visit: ${page}`, figure(ms, 0), figure(ms / base), figure(kib, 1)];
      }),
    ),
  );
  return ['### First list', markdownTable(['', 'ms', 'ratio', 'KiB'], lines)].join('\n\n');
}

const isOf = (row: Row, { network, visit, page }: Scene): boolean =>
  row.network === network && row.visit === visit && row.page === page;
