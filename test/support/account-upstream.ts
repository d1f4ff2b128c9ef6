import { USER } from './member-upstream.js';

/** An account as MX sends it, of member MBR-1 unless told otherwise. */
export function accountRow(guid: string, fields: object = {}): object {
  return {
    guid,
    user_guid: USER,
    member_guid: 'MBR-1',
    name: `Account ${guid}`,
    type: 'CHECKING',
    account_number: 'XXXX1234',
    balance: 12.5,
    currency_code: 'USD',
    updated_at: '2026-03-01T12:00:00Z',
    is_manual: false,
    is_hidden: false,
    ...fields,
  };
}

/** A page as MX sends it, with a total that may differ from the number of rows. */
export function accountPage(accounts: readonly unknown[], total = accounts.length): object {
  const pagination = { current_page: 1, per_page: 1_000, total_entries: total, total_pages: 1 };
  return { accounts, pagination };
}

export const ACCOUNTS_PATH = new RegExp(`^/users/${USER}/accounts\\?`);
