import { readFileSync } from 'node:fs';

import { describe, expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';

import { scrape } from '../../support/scrape.js';
import { skipsRedis, startRedis } from '../../support/redis-server.js';
import { useStack } from '../../support/start-stack.js';
import { waitFor } from '../../support/wait-for.js';

interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
}
interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly { readonly expr: string }[];
}

const read = (name: string) =>
  readFileSync(new URL(`../../../docs/operations/${name}`, import.meta.url), 'utf8');

const alerts = (parse(read('alerts.yaml')) as { groups: { rules: Alert[] }[] }).groups.flatMap(
  ({ rules }) => rules,
);
const dashboard = JSON.parse(read('grafana-dashboard.json')) as { readonly panels: readonly Panel[] };
const panelExpressions = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
const runbook = read('runbook.md');

/** Every metric that an expression names, as it is declared. */
function metricsIn(expr: string): string[] {
  const names = expr.match(/\b(?:mxgql|nodejs|process)_\w+/g) ?? [];
  return names.map((name) =>
    /_(?:duration_seconds|upstream_calls)_/.test(name) ? name.replace(/_(bucket|sum|count)$/, '') : name,
  );
}

/** The values of a label that an expression asks for, one by one. */
function outcomesIn(expr: string): string[] {
  return [...expr.matchAll(/outcome=~?"([^"]+)"/g)].flatMap(([, values = '']) => values.split('|'));
}

describe('the documented metrics', () => {
  it('all exist', async () => {
    const { url } = await useStack();
    const { names } = await scrape(url);
    const used = new Set([...alerts.map(({ expr }) => expr), ...panelExpressions].flatMap(metricsIn));
    expect(used.size).toBeGreaterThan(15);
    expect([...used].filter((name) => !names.includes(name))).toEqual([]);
  });

  it('include every metric of ours in the dashboard or an alert', async () => {
    const { url } = await useStack();
    const { names } = await scrape(url);
    const used = new Set([...alerts.map(({ expr }) => expr), ...panelExpressions].flatMap(metricsIn));
    expect(names.filter((name) => name.startsWith('mxgql_') && !used.has(name))).toEqual([]);
  });

  it('are described, each of ours, in the page on operations', async () => {
    const { url } = await useStack();
    const { names } = await scrape(url);
    const page = read('README.md');
    const ours = names.filter((name) => name.startsWith('mxgql_'));
    expect(ours.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it('omit Redis without Redis', async () => {
    const { url } = await useStack();
    expect((await scrape(url)).values('mxgql_redis_up')).toEqual([]);
  });

  it.skipIf(skipsRedis)('say whether Redis is there', async () => {
    const redis = await startRedis();
    onTestFinished(() => redis.dispose());
    const { url } = await useStack({ redisUrl: redis.url });
    expect((await scrape(url)).sum('mxgql_redis_up')).toBe(1);
    await redis.kill();
    await waitFor(async () => (await scrape(url)).values('mxgql_redis_up')[0]?.value === 0);
  });
});

describe('the alerts', () => {
  it('have unique names, and a complete section in the runbook', () => {
    expect(alerts.length).toBeGreaterThan(10);
    expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
    for (const { alert, annotations, labels } of alerts) {
      const [, section = ''] = runbook.split(new RegExp(`^## ${alert}$`, 'm'));
      const text = section.split(/^## /m)[0] ?? '';
      for (const part of ['**Means.**', '**Check.**', '**Do.**']) expect(text, alert).toContain(part);
      expect(annotations.runbook).toBe(`runbook.md#${alert.toLowerCase()}`);
      expect(annotations.summary).not.toBe('');
      expect(['page', 'ticket']).toContain(labels.severity);
    }
  });

  it('match the sections of the runbook', () => {
    const sections = [...runbook.matchAll(/^## (.+)$/gm)].map(([, name]) => name);
    expect(sections).toEqual(alerts.map(({ alert }) => alert));
  });

  it('use existing outcomes', () => {
    const known = [
      ...['unauthorized', 'overloaded', 'failed', 'timeout', 'network', 'malformed'],
      ...['INTERNAL_SERVER_ERROR', 'AUTH_UNAVAILABLE', 'OVERLOADED', 'UPSTREAM_.+', 'HTTP_5..', '5..', '429'],
      ...['401', '403', '406'],
    ];
    expect(
      alerts.flatMap(({ expr }) => outcomesIn(expr)).filter((outcome) => !known.includes(outcome)),
    ).toEqual([]);
  });

  it('have balanced brackets', () => {
    for (const expr of [...alerts.map((one) => one.expr), ...panelExpressions]) {
      const count = (mark: string) => expr.split(mark).length;
      expect([count('('), count('['), count('{')], expr).toEqual([count(')'), count(']'), count('}')]);
    }
  });
});

describe('the dashboard', () => {
  it('has panels with unique ids and titles that do not overlap', () => {
    const { panels } = dashboard;
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    for (const { type, targets } of panels) expect(type === 'row' || (targets ?? []).length > 0).toBe(true);
  });
});
