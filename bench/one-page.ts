import { checkDeeply, checkQuickly, requestBytes } from './page-request.js';
import { RawConnection } from './raw-connection.js';
import type { Target } from './targets.js';

/** The same full page of the same user, asked over as many connections as times, all at once. */
export async function askAtOnce(ask: {
  readonly target: Target;
  readonly port: number;
  readonly user: number;
  readonly token: string;
  readonly members: number;
  readonly times: number;
}): Promise<void> {
  const page = { target: ask.target, user: ask.user, members: ask.members, kind: 'full' } as const;
  const bytes = requestBytes(page, ask.token);
  const connections = await Promise.all(
    Array.from({ length: ask.times }, () => RawConnection.open(ask.port)),
  );
  try {
    const answers = await Promise.all(connections.map((connection) => connection.request(bytes)));
    for (const answer of answers) {
      checkQuickly(page, answer);
      checkDeeply(page, answer);
    }
  } finally {
    for (const connection of connections) connection.close();
  }
}
