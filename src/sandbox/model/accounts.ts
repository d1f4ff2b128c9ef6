import { createHash } from 'node:crypto';
import { seededGuid } from '../guid.js';
import type { AccountFields, AccountType } from './account-types.js';
import { findInstitution } from './institutions.js';
import type { Member } from './state.js';

/** An account with the member that it belongs to. */
export interface Account extends AccountFields {
  member: Member;
}

interface Kind {
  readonly name: string;
  readonly type: AccountType;
  readonly subtype: string | null;
  /** Makes what MX shows of the account's seven digits. */
  readonly toNumber: (digits: string) => string;
  readonly isHidden?: true;
}

const lastFour = (digits: string) => digits.slice(-4);

/** The accounts of each member that has connected: with a masked, a whole and a partial number. */
const KINDS: readonly Kind[] = [
  { name: 'Checking', type: 'CHECKING', subtype: null, toNumber: (digits) => `XXXX${lastFour(digits)}` },
  { name: 'Savings', type: 'SAVINGS', subtype: 'MONEY_MARKET', toNumber: (digits) => digits },
  { name: 'Card', type: 'CREDIT_CARD', subtype: null, toNumber: lastFour, isHidden: true },
];

/** Digits that are the same in every run for the same seed. */
function digitsOf(seed: string): string {
  const number = createHash('sha256').update(seed).digest().readUIntBE(0, 6);
  return String(number % 10_000_000).padStart(7, '0');
}

function toAccount(member: Member, kind: Kind, receivedAt: number): Account {
  const seed = `${member.guid}/${kind.type}`;
  const digits = digitsOf(seed);
  const bank = findInstitution(member.institutionCode);
  return {
    guid: seededGuid('ACT', seed),
    member,
    name: `${bank?.name ?? member.name} ${kind.name}`,
    type: kind.type,
    subtype: kind.subtype,
    balance: Number(digits.slice(0, 6)) / 100,
    currency: bank?.country === 'CA' ? 'CAD' : 'USD',
    number: kind.toNumber(digits),
    isManual: false,
    isHidden: kind.isHidden ?? false,
    metadata: null,
    createdAt: member.createdAt,
    updatedAt: receivedAt,
  };
}

/** The accounts of a member: those that its jobs have received, and those that the partner has created. */
export function accountsOf(member: Member): Account[] {
  const receivedAt = member.accountsReceivedAt;
  const received = receivedAt === null ? [] : KINDS.map((kind) => toAccount(member, kind, receivedAt));
  return [...received, ...member.manualAccounts.map((account) => ({ ...account, member }))];
}
