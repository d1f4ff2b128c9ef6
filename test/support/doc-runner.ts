import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

import { createClient } from 'graphql-sse';
import { parse, validate } from 'graphql';
import type { GraphQLSchema } from 'graphql';

import type { DocBlock } from './doc-blocks.js';
import { compareShown, matchesText } from './shown-json.js';
import type { Bindings } from './shown-json.js';
import type { Stack } from './start-stack.js';
import { waitFor } from './wait-for.js';

/** The ports that the documents name. */
const PORTS = { server: 'http://127.0.0.1:4000', sandbox: 'http://127.0.0.1:4010' };

/** Cursors are opaque and different in each run. */
const hideCursors = (text: string): string => text.replace(/("cursor": ?)"[^"]*…"/g, '$1"…"');

/** A failed request ends the script, as its reader would. */
const PRELUDE = 'set -euo pipefail; curl() { command curl --fail-with-body "$@"; }\n';

interface Script {
  readonly child: ChildProcess;
  output(): string;
  readonly ended: Promise<number | null>;
}

/** Starts a script in a process group of its own, so that all of it can be ended. */
function startScript(text: string): Script {
  const child = spawn('bash', ['-c', PRELUDE + text], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, output: () => output, ended };
}

/** What a block has answered, for the `response` or `event` that the document shows after it. */
type Answer = () => Promise<unknown>;

/** Runs the code blocks of one document from top to bottom, as a reader does, against one server. */
export class DocRunner {
  readonly bindings: Bindings = new Map();
  readonly #stack: Stack;
  readonly #schema: GraphQLSchema;
  readonly #streams: Script[] = [];
  /** The operation whose variables may follow; null once it has run. */
  #operation: { readonly place: string; readonly text: string; variables: object } | null = null;
  #answer: Answer | null = null;

  constructor(stack: Stack, schema: GraphQLSchema) {
    this.#stack = stack;
    this.#schema = schema;
  }

  async run(block: DocBlock): Promise<void> {
    const { language, marks } = block;
    if (language === 'json' && marks[0] === 'variables') return this.#setVariables(block);
    if (language === 'json' && (marks[0] === 'response' || marks[0] === 'event')) return this.#compare(block);
    await this.finish();
    if (language === 'graphql') this.#validate(block);
    else if (language === 'sh') await this.#runScript(block);
    else if (language === 'text' && marks[0] === 'event') await this.#findInStream(block);
    else throw new Error(`${block.place}: do not know how to test this block; mark it with no-run.`);
  }

  /** Runs the last operation, if its response is not shown. */
  async finish(): Promise<void> {
    if (this.#operation) await this.#execute();
    this.#answer = null;
  }

  /** Ends the scripts that still run. */
  async dispose(): Promise<void> {
    for (const { child, ended } of this.#streams) {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid);
      await ended;
    }
  }

  /** With the addresses of this run, and the ids that objects have in it. */
  #actual(text: string): string {
    let actual = text
      .replaceAll(PORTS.server, this.#stack.url)
      .replaceAll(PORTS.sandbox, this.#stack.sandbox.url);
    for (const [shown, id] of this.bindings) actual = actual.replaceAll(shown, id);
    return actual;
  }

  #validate({ place, text, file }: DocBlock): void {
    const errors = validate(this.#schema, parse(text));
    if (errors.length > 0) throw new Error(`${place}: ${errors.join('\n')}`);
    // A file of operations is run by the clients that use it.
    if (file === null) this.#operation = { place, text, variables: {} };
  }

  #setVariables({ place, text }: DocBlock): void {
    if (!this.#operation) throw new Error(`${place}: there is no operation before these variables.`);
    this.#operation.variables = JSON.parse(this.#actual(text)) as object;
  }

  async #execute(): Promise<unknown> {
    const { place, text, variables } = this.#operation ?? { place: '', text: '', variables: {} };
    this.#operation = null;
    const isSubscription = /^\s*subscription\b/.test(text);
    const answer = isSubscription
      ? await this.#firstEvent(text, variables)
      : (await this.#stack.graphql(text, { ...variables })).body;
    if (JSON.stringify(answer).includes('"errors":')) throw new Error(`${place}: ${JSON.stringify(answer)}`);
    return answer;
  }

  async #firstEvent(query: string, variables: object): Promise<unknown> {
    const client = createClient({ url: `${this.#stack.url}/graphql/stream`, retryAttempts: 0 });
    for await (const result of client.iterate({ query, variables: { ...variables } })) return result;
    return null;
  }

  async #compare({ place, text, marks }: DocBlock): Promise<void> {
    const answer = this.#operation ? await this.#execute() : await this.#answer?.();
    if (answer === undefined) throw new Error(`${place}: nothing before it has answered.`);
    const options = { isShortened: marks.includes('shortened'), bindings: this.bindings };
    const shown = JSON.parse(hideCursors(text).replaceAll(PORTS.sandbox, this.#stack.sandbox.url)) as unknown;
    const differences = compareShown(shown, answer, options);
    if (differences.length > 0) throw new Error(`${place}: ${differences.join('\n')}`);
  }

  async #runScript({ place, text, marks }: DocBlock): Promise<void> {
    const script = startScript(this.#actual(text));
    if (marks.includes('stream')) {
      this.#streams.push(script);
      await waitFor(() => script.output() !== '', { what: `${place}: output` });
      return;
    }
    const code = await script.ended;
    const output = script.output();
    if (code !== 0 || output.includes('"errors":')) throw new Error(`${place}: exit ${code}: ${output}`);
    this.#answer = () => Promise.resolve(JSON.parse(output) as unknown);
  }

  async #findInStream({ place, text }: DocBlock): Promise<void> {
    const stream = this.#streams.at(-1);
    await waitFor(() => matchesText(`…${hideCursors(text)}…`, stream?.output() ?? ''), {
      what: `${place}; got: ${stream?.output()}`,
    });
  }
}
