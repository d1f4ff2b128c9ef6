import { describe, expect, it } from 'vitest';

import { actionKeyOf, labelKeyOf } from '../../../src/messages/member-texts.js';
import { isTextKey } from '../../../src/messages/texts.js';
import { STATUS_TABLE } from '../../../src/status/status.js';
import type { ConnectionPhase, Party, RequiredAction } from '../../../src/status/status.js';

const PHASES: readonly ConnectionPhase[] = [
  ...new Set(STATUS_TABLE.map(({ phase }) => phase)),
  'OUT_OF_DATE',
];
const ACTIONS: readonly RequiredAction[] = [
  'NONE',
  'WAIT',
  'AGGREGATE',
  'UPDATE_CREDENTIALS',
  'ANSWER_CHALLENGE',
  'COMPLETE_OAUTH',
  'VISIT_INSTITUTION',
  'RETRY_LATER',
  'CONTACT_SUPPORT',
  'TRACK_MANUALLY',
];
const PARTIES: readonly Party[] = ['END_USER', 'APPLICATION', 'INSTITUTION', 'MX', 'NOBODY'];

describe.each(PHASES)('a connection that is %s', (phase) => {
  it.each(ACTIONS)('has a badge with words, whether or not a job runs: %s', (requiredAction) => {
    expect(labelKeyOf({ phase, requiredAction, isBeingAggregated: false })).toBe(`label.${phase}`);
    const running = labelKeyOf({ phase, requiredAction, isBeingAggregated: true });
    if (requiredAction !== 'NONE' && requiredAction !== 'WAIT') expect(running).toBe(`label.${phase}`);
    else expect(running).toBe(phase === 'CONNECTED' ? 'label.UPDATING' : 'label.CONNECTING');
    expect(isTextKey(running)).toBe(true);
  });

  it.each(ACTIONS)('has a button with words unless there is nothing to press: %s', (requiredAction) => {
    for (const waitingOn of PARTIES) {
      const key = actionKeyOf({ phase, requiredAction, waitingOn });
      if (requiredAction === 'NONE' || requiredAction === 'WAIT') expect(key).toBeNull();
      else expect(key !== null && isTextKey(key)).toBe(true);
      if (requiredAction !== 'AGGREGATE' && key !== null) expect(key).toBe(`action.${requiredAction}`);
    }
  });
});

it('an aggregation is called by what it is to the end user: a second attempt, the first one, or an update', () => {
  const keyOf = (phase: ConnectionPhase, waitingOn: Party) =>
    actionKeyOf({ phase, requiredAction: 'AGGREGATE', waitingOn });
  expect(keyOf('ACTION_REQUIRED', 'END_USER')).toBe('action.AGGREGATE');
  expect(keyOf('CONNECTING', 'APPLICATION')).toBe('action.CONTINUE');
  expect(keyOf('OUT_OF_DATE', 'APPLICATION')).toBe('action.UPDATE');
});
