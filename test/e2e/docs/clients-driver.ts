/*
 * Runs the clients of docs/frontend.md in a process of their own. It runs inside a folder with the code of that
 * document, whose path is its argument, and talks with the test by messages.
 */
import { pathToFileURL } from 'node:url';

import { WebSocket } from 'ws';

/** To the test: what a client shows, what it has written to the console, or the end of a deletion. */
export type DriverMessage =
  | { readonly type: 'draw'; readonly client: string; readonly guids: readonly string[] }
  | { readonly type: 'console'; readonly text: string }
  | { readonly type: 'done'; readonly client: string; readonly error: string | null };

/** From the test: deletes a connection by one of the clients, or sends a query by one that takes the text of a query. */
export type DriverCommand =
  | { readonly client: string; readonly guid: string }
  | { readonly client: string; readonly query: string; readonly variables: object };

interface ClientModule {
  showConnections(draw: (members: readonly { readonly guid: string }[]) => void): () => void;
  deleteConnection(guid: string): Promise<void>;
  readonly client?: { query(query: string, variables: object): { toPromise(): Promise<{ error?: Error }> } };
}

const send = (message: DriverMessage): void => void process.send?.(message);

const [, , folder = '', ...clients] = process.argv;
Object.assign(globalThis, { WebSocket });
for (const method of ['warn', 'error'] as const) {
  console[method] = (...words: unknown[]) => send({ type: 'console', text: words.map(String).join(' ') });
}

const modules = new Map<string, ClientModule>();
for (const client of clients) {
  const module = (await import(pathToFileURL(`${folder}/${client}.ts`).href)) as ClientModule;
  modules.set(client, module);
  module.showConnections((members) => send({ type: 'draw', client, guids: members.map(({ guid }) => guid) }));
}

async function execute(command: DriverCommand): Promise<void> {
  const module = modules.get(command.client);
  if ('guid' in command) return module?.deleteConnection(command.guid);
  const result = await module?.client?.query(command.query, command.variables).toPromise();
  if (!result || result.error) throw new Error('The query failed.', { cause: result?.error });
}

process.on('message', (command: DriverCommand) => {
  const { client } = command;
  execute(command).then(
    () => send({ type: 'done', client, error: null }),
    (error: unknown) => send({ type: 'done', client, error: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
