import { onTestFinished } from 'vitest';

import type { Hint, HintHandler, Inbox } from '../../src/backplane/inbox.js';

/** Consumes hints until the current test ends. */
export function consumeUntilEnd(inbox: Inbox, handle: HintHandler): void {
  onTestFinished(inbox.consume(handle));
}

/** Consumes hints and records them. */
export function recordHints(inbox: Inbox): readonly Hint[] {
  const handled: Hint[] = [];
  consumeUntilEnd(inbox, (hint) => Promise.resolve(void handled.push(hint)));
  return handled;
}

/** A consumer whose handlers do not end before `release` is called. */
export interface HeldConsumer {
  /** Number of handlers that have started. */
  readonly started: number;
  readonly release: () => void;
}

export function heldConsumer(inbox: Inbox): HeldConsumer {
  let started = 0;
  let release = () => undefined as void;
  const released = new Promise<void>((resolve) => (release = resolve));
  consumeUntilEnd(inbox, () => {
    started += 1;
    return released;
  });
  return {
    get started() {
      return started;
    },
    release,
  };
}
