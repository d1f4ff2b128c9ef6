import type { BusListener, BusMessage } from '../../src/backplane/bus.js';
import { wordsOf } from './observations.js';

/** A listener that writes down what it is told. */
export function listenerOfTest() {
  const publications: BusMessage[] = [];
  const told: string[][] = [];
  const seen = { publications, told, gaps: 0 };
  const listener: BusListener = {
    onMessage(publication) {
      publications.push(publication);
      told.push(publication.changes.map(wordsOf));
    },
    onGap() {
      seen.gaps += 1;
    },
  };
  return Object.assign(seen, { listener });
}
