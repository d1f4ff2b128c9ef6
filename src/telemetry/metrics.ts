import { Registry } from 'prom-client';

import { BoundedLabels } from './bounded-labels.js';
import type { MemberGauge } from './member-gauge.js';
import { defineMetrics } from './metrics-definitions.js';
import { processMetrics } from './metrics-process.js';

export type Transport = 'http' | 'websocket' | 'sse';
export type BreakerState = 'closed' | 'half_open' | 'open';
/** How a read was served: from the cache, by a call in flight, by its own call, or from stale data. */
export type ReadResult = 'hit' | 'deduplicated' | 'miss' | 'stale';

/** Values that are collected at each scrape. */
export interface MetricSources {
  readonly watched: () => number;
  readonly breaker: () => BreakerState;
  /** Null without Redis. */
  readonly redis: () => 'ok' | 'unavailable' | null;
  readonly memberGauge: MemberGauge;
}

/** A completed operation; a subscription counts when it has started. */
export interface OperationEnd {
  /** Null if the document is invalid. */
  readonly type: string | null;
  readonly name: string | null;
  readonly outcome: string;
  readonly seconds: number;
  readonly calls: number;
}

const MAX_NAMES = 100;
const MAX_OUTCOMES = 50;
const MAX_TYPES = 20;
/** The type and name of an operation whose document is invalid. */
const INVALID = 'invalid';
const BREAKER_STATES = ['closed', 'half_open', 'open'] as const;

/** The metrics of `/metrics`. The cardinality of every label is bounded, whatever clients and webhooks send. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #all = defineMetrics(this.#registry);
  readonly #names = new BoundedLabels(MAX_NAMES);
  readonly #outcomes = new BoundedLabels(MAX_OUTCOMES);
  readonly #webhookTypes = new BoundedLabels(MAX_TYPES);
  readonly #process = processMetrics();
  #sources: MetricSources | null = null;

  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE;

  /** Sets the source of the values that are collected at each scrape. */
  observe(sources: MetricSources): void {
    this.#sources = sources;
  }

  /** Returns all metrics in the Prometheus text format. */
  async text(): Promise<string> {
    this.#collect();
    const texts = await Promise.all([this.#registry.metrics(), this.#process.metrics()]);
    return texts.join('\n');
  }

  countOperation({ type, name, outcome, seconds, calls }: OperationEnd): void {
    const known = type ?? INVALID;
    // The name of an invalid document is not recorded: clients could fill the bounded label with made-up names.
    const label = type === null ? INVALID : name === null ? 'anonymous' : this.#names.of(name);
    this.#all.operations.inc({ type: known, name: label, outcome: this.#outcomes.of(outcome) });
    this.#all.operationSeconds.observe({ type: known }, seconds);
    this.#all.operationCalls.observe({ type: known }, calls);
  }

  countEvent(transport: Transport): void {
    this.#all.subscriptionEvents.inc({ transport });
  }

  /** Counts one more, or (-1) one less. */
  addSubscriptions(transport: Transport, change: 1 | -1): void {
    this.#all.subscriptions.inc({ transport }, change);
  }

  /** Counts one more, or (-1) one less. */
  addConnections(transport: Transport, change: 1 | -1): void {
    this.#all.connections.inc({ transport }, change);
  }

  countCall(endpoint: string, outcome: string, seconds: number): void {
    this.#all.mxCalls.inc({ endpoint, outcome });
    this.#all.mxSeconds.observe({ endpoint }, seconds);
  }

  countCacheRequest(cache: string, result: ReadResult): void {
    this.#all.cacheRequests.inc({ cache, result });
  }

  countPoll(outcome: string): void {
    this.#all.polls.inc({ outcome });
  }

  countChange(status: string, cause: string): void {
    this.#all.changes.inc({ status, cause });
  }

  countWebhook(type: string | null, outcome: string): void {
    this.#all.webhooks.inc({ type: type === null ? 'unknown' : this.#webhookTypes.of(type), outcome });
  }

  #collect(): void {
    if (!this.#sources) return;
    const { watched, breaker, redis, memberGauge } = this.#sources;
    const { watchedUsers, breaker: breakerGauge, redis: redisGauge, members } = this.#all;
    watchedUsers.set(watched());
    for (const state of BREAKER_STATES) breakerGauge.set({ state }, state === breaker() ? 1 : 0);
    const redisState = redis();
    if (redisState === null) redisGauge.remove();
    else redisGauge.set(redisState === 'ok' ? 1 : 0);
    members.reset();
    for (const { status, institution, members: count } of memberGauge.counts()) {
      members.set({ status, institution }, count);
    }
  }
}
