export const ACCOUNT_TYPES = [
  'ANY',
  'CASH',
  'CHECKING',
  'CHECKING_LINE_OF_CREDIT',
  'CREDIT_CARD',
  'LOAN',
  'LINE_OF_CREDIT',
  'SAVINGS',
  'INVESTMENT',
  'MORTGAGE',
  'INSURANCE',
  'PREPAID',
  'PROPERTY',
] as const;

/** A type of account, by MX's name. */
export type AccountType = (typeof ACCOUNT_TYPES)[number];

/** The fields of an account that belong to itself. */
export interface AccountFields {
  guid: string;
  name: string;
  type: AccountType;
  subtype: string | null;
  balance: number | null;
  currency: string;
  /** Whole, partial or masked, as MX has it from the institution. */
  number: string | null;
  isManual: boolean;
  isHidden: boolean;
  metadata: string | null;
  createdAt: number;
  updatedAt: number;
}
