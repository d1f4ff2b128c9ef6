import type { BusListener, BusMessage } from '../../src/backplane/bus.js';
import { toLine } from './observations.js';

/** A listener that records what it receives: `lines` are the changes of each message, one line per change. */
export function createListener() {
  const messages: BusMessage[] = [];
  const lines: string[][] = [];
  const received = { messages, lines, gaps: 0 };
  const listener: BusListener = {
    onMessage(message) {
      messages.push(message);
      lines.push(message.changes.map(toLine));
    },
    onGap() {
      received.gaps += 1;
    },
  };
  return Object.assign(received, { listener });
}
