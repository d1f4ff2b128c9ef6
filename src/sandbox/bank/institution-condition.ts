import type { Block } from '../model/institution-data.js';
import type { Institution } from '../model/institutions.js';
import type { InstitutionCondition } from '../settings.js';
import type { SandboxContext } from './sandbox-context.js';

/** The current condition of an institution. */
export interface Condition {
  /** MX's `status`. A disabled institution works, but not for this client. */
  status: Exclude<InstitutionCondition, 'DISABLED'>;
  isDisabled: boolean;
  block: Block | null;
}

const BLOCK_OF: Readonly<Record<InstitutionCondition, Block | null>> = {
  OPERATIONAL: null,
  DEGRADED: null,
  MAINTENANCE: 'institution_maintenance_error',
  UNAVAILABLE: 'institution_unavailable_error',
  DISABLED: 'institution_prevented_error',
};

function ownCondition({ disabled, block }: Institution): InstitutionCondition {
  if (disabled) return 'DISABLED';
  if (block === 'institution_maintenance_error') return 'MAINTENANCE';
  return block === 'institution_unavailable_error' ? 'UNAVAILABLE' : 'OPERATIONAL';
}

/** The condition of an institution: the one in the settings, else its own. */
export function conditionOf({ settings }: SandboxContext, institution: Institution): Condition {
  const set = settings.institutions[institution.code];
  const condition = set ?? ownCondition(institution);
  return {
    status: condition === 'DISABLED' ? 'OPERATIONAL' : condition,
    isDisabled: condition === 'DISABLED',
    block: set ? BLOCK_OF[set] : institution.block,
  };
}
