import { ApiError } from '../errors/api-error.js';
import { isMxError } from '../mx/errors.js';
import type { MxAccount, MxAccountType, MxNewAccount } from '../mx/types.js';
import { attemptId, findWithRetry } from './attempt.js';
import type { AccountResult, MutationScope } from './mutation.js';
import { sendOnce } from './send-once.js';
import { tooManyMembers } from './user-errors.js';

/** Input of `createManualAccount`. */
export interface NewManualAccount {
  readonly idempotencyKey: string | null;
  readonly name: string;
  readonly type: MxAccountType | 'UNKNOWN';
  readonly balance: number | null;
  readonly currency: string | null;
}

const MAX_NAME_LENGTH = 100;
/** Beyond this, a number has no cents any more. */
const MAX_BALANCE = 10 ** 13;

function refuse(argument: string, expected: string): never {
  throw new ApiError('BAD_USER_INPUT', `Expected \`${argument}\` to be ${expected}.`);
}

/** Validates the input. Throws BAD_USER_INPUT that names the argument. */
function validate({ name, type, balance, currency }: NewManualAccount): Omit<MxNewAccount, 'metadata'> {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > MAX_NAME_LENGTH || /\p{Cc}/u.test(trimmed))
    return refuse('name', `of 1 to ${MAX_NAME_LENGTH} characters, without control characters`);
  if (type === 'UNKNOWN') return refuse('type', 'a type that MX knows; got UNKNOWN');
  if (balance !== null && !(Math.abs(balance) <= MAX_BALANCE))
    return refuse('balance', `a number from -${MAX_BALANCE} to ${MAX_BALANCE}`);
  if (currency !== null && !/^[A-Z]{3}$/.test(currency))
    return refuse('currency', 'an ISO 4217 code of three capital letters, such as USD');
  return {
    name: trimmed,
    account_type: type,
    ...(balance !== null && { balance }),
    ...(currency !== null && { currency_code: currency }),
  };
}

async function find({ cache, userGuid }: MutationScope, id: string): Promise<MxAccount | undefined> {
  const { byGuid } = await cache.accounts.readNow(userGuid);
  return [...byGuid.values()].find(({ attempt_id }) => attempt_id === id);
}

const succeeded = (account: MxAccount): AccountResult => ({ account, userErrors: [] });

async function send(scope: MutationScope, account: MxNewAccount): Promise<AccountResult> {
  const { client, cache, userGuid } = scope;
  try {
    const { result } = await sendOnce({
      send: () => client.accounts.create(userGuid, account),
      verify: () => findWithRetry(() => find(scope, account.metadata)),
    });
    return succeeded(result);
  } catch (error) {
    // The member that MX keeps manual accounts in counts as well.
    if (isMxError(error, 'constraint')) return { account: null, userErrors: [tooManyMembers()] };
    throw error;
  } finally {
    cache.recordAccount(userGuid);
  }
}

/**
 * Creates a manual account. MX gives a new account no `id` of ours, and does not refuse a second one like it. So an
 * attempt that may be a repetition first looks for the account that the first one has created.
 */
export async function createManualAccount(
  scope: MutationScope,
  input: NewManualAccount,
): Promise<AccountResult> {
  const { userGuid, deduplicator } = scope;
  const { idempotencyKey } = input;
  const account = validate(input);
  const values = ['manual account', JSON.stringify(account)];
  const id = attemptId(userGuid, idempotencyKey, values);
  const create = () => send(scope, { ...account, metadata: id });
  if (idempotencyKey === null) return create();
  return deduplicator.runAttempt({ userGuid, id }, async () => {
    const existing = await find(scope, id);
    return existing ? succeeded(existing) : create();
  });
}
