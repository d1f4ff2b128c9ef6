import type { BusListener, Publication } from '../../src/backplane/bus.js';
import { wordsOf } from './observations.js';

/** A listener that writes down what it is told. */
export function listenerOfTest() {
  const publications: Publication[] = [];
  const told: string[][] = [];
  const seen = { publications, told, gaps: 0 };
  const listener: BusListener = {
    onPublished(publication) {
      publications.push(publication);
      told.push(publication.changes.map(wordsOf));
    },
    onGap() {
      seen.gaps += 1;
    },
  };
  return Object.assign(seen, { listener });
}
