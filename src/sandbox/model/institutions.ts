import { seededGuid } from '../guid.js';
import { INSTITUTION_SEEDS, PRODUCTS } from './institution-data.js';
import type { Block, InstitutionSeed } from './institution-data.js';

export interface CredentialField {
  guid: string;
  label: string;
  field_name: string;
  field_type: string;
  type: string;
  display_order: number;
}

export interface Institution extends Required<Omit<InstitutionSeed, 'block' | 'text' | 'steps'>> {
  block: Block | null;
  text: string | null;
  steps: readonly string[] | null;
  url: string;
  credentials: readonly CredentialField[];
}

function credentialFields(code: string): CredentialField[] {
  const field = (order: number, label: string, names: [string, string]): CredentialField => ({
    guid: seededGuid('CRD', `${code}/${names[0]}`),
    label,
    field_name: names[0],
    field_type: names[1],
    type: names[1],
    display_order: order,
  });
  return [field(1, 'Username', ['LOGIN', 'TEXT']), field(2, 'Password', ['PASSWORD', 'PASSWORD'])];
}

function toInstitution(seed: InstitutionSeed): Institution {
  const host = seed.code.replaceAll('_', '-');
  return {
    oauth: false,
    throttled: true,
    favorite: false,
    managed: false,
    disabled: false,
    hidden: false,
    country: 'US',
    products: PRODUCTS,
    guid: seededGuid('INS', seed.code),
    ...seed,
    block: seed.block ?? null,
    text: seed.text ?? null,
    steps: seed.steps ?? null,
    url: `https://${host}.example`,
    credentials: seed.oauth || seed.managed ? [] : credentialFields(seed.code),
  };
}

/** Every institution of the sandbox, in the order in which the API lists them. They never change. */
export const INSTITUTIONS: readonly Institution[] = INSTITUTION_SEEDS.map(toInstitution);

const BY_IDENTIFIER: ReadonlyMap<string, Institution> = new Map(
  INSTITUTIONS.flatMap((institution) => [
    [institution.code, institution] as const,
    [institution.guid, institution] as const,
  ]),
);

/** Finds an institution by its code or guid. */
export function findInstitution(identifier: string): Institution | undefined {
  return BY_IDENTIFIER.get(identifier);
}
