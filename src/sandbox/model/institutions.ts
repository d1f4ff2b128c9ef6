import { seededGuid } from '../guid.js';
import { INSTITUTION_SEEDS } from './institution-data.js';

export const PRODUCTS = [
  'account_verification',
  'identity_verification',
  'transactions',
  'transaction_history',
  'statements',
  'investments',
  'rewards',
] as const;

/** What an institution can be asked for, by MX's names. */
export type Product = (typeof PRODUCTS)[number];

/** Why MX refuses to work with an institution for the time being; each is the `type` of a 400. */
export type Block =
  | 'institution_maintenance_error'
  | 'institution_unavailable_error'
  | 'institution_prevented_error'
  | 'institution_prevent_new_error'
  | 'institution_prevent_verification_error';

/** What distinguishes one institution from another; the rest follows from its code. */
export interface InstitutionSeed {
  code: string;
  name: string;
  oauth?: boolean;
  /** Whether the three hours between aggregations hold; MX Bank alone is exempt. */
  throttled?: boolean;
  favorite?: boolean;
  managed?: boolean;
  country?: 'US' | 'CA';
  products?: readonly Product[];
  block?: Block;
  guid?: string;
}

export interface CredentialField {
  guid: string;
  label: string;
  field_name: string;
  field_type: string;
  type: string;
  display_order: number;
}

export interface Institution extends Required<Omit<InstitutionSeed, 'block'>> {
  block: Block | null;
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
    country: 'US',
    products: PRODUCTS,
    guid: seededGuid('INS', seed.code),
    ...seed,
    block: seed.block ?? null,
    url: `https://${host}.example`,
    credentials: seed.oauth || seed.managed ? [] : credentialFields(seed.code),
  };
}

/** Every institution of the sandbox, in the order of its lists. They never change. */
export const INSTITUTIONS: readonly Institution[] = INSTITUTION_SEEDS.map(toInstitution);

const BY_IDENTIFIER: ReadonlyMap<string, Institution> = new Map(
  INSTITUTIONS.flatMap((one) => [[one.code, one] as const, [one.guid, one] as const]),
);

/** An institution by its code or guid. */
export function findInstitution(identifier: string): Institution | undefined {
  return BY_IDENTIFIER.get(identifier);
}
