import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { addManualAccount, manualMemberOf } from '../bank/manual-accounts.js';
import { newGuid } from '../guid.js';
import { ACCOUNT_TYPES } from '../model/account-types.js';
import { accountsOf } from '../model/accounts.js';
import type { Account } from '../model/accounts.js';
import { paginate } from './pagination.js';
import type { Pagination } from './pagination.js';
import { findMember, findUser, parseBody } from './request.js';
import { serializeAccount } from './serialize-account.js';
import type { SandboxContext } from '../bank/sandbox-context.js';

const createSchema = z.object({
  name: z.string().min(1),
  account_type: z.enum(ACCOUNT_TYPES),
  account_subtype: z.string().nullish(),
  balance: z.number().optional(),
  currency_code: z.string().length(3).nullish(),
  is_hidden: z.boolean().optional(),
  metadata: z.string().optional(),
});

/** Query parameters that select accounts by a flag. */
const FLAGS = {
  is_manual: ({ isManual }: Account) => isManual,
  member_is_managed_by_user: ({ member }: Account) => member.isManagedByUser,
};

function isSelected(account: Account, query: Record<string, unknown>): boolean {
  return Object.entries(FLAGS).every(
    ([name, flag]) => query[name] === undefined || query[name] === String(flag(account)),
  );
}

function pageOf(
  accounts: readonly Account[],
  request: FastifyRequest,
): { accounts: unknown[]; pagination: Pagination } {
  const selected = accounts.filter((one) => isSelected(one, request.query as Record<string, unknown>));
  const { rows, pagination } = paginate(selected, request.query);
  return { accounts: rows.map(serializeAccount), pagination };
}

function createAccount(context: SandboxContext, request: FastifyRequest): Account {
  const user = findUser(context, request);
  const input = parseBody(request, 'account', createSchema);
  return addManualAccount(context, manualMemberOf(context, user), {
    guid: newGuid('ACT'),
    name: input.name,
    type: input.account_type,
    subtype: input.account_subtype ?? null,
    balance: input.balance ?? 0,
    currency: input.currency_code ?? 'USD',
    isHidden: input.is_hidden ?? false,
    metadata: input.metadata ?? null,
  });
}

/** Routes of accounts: those of a user, those of a member, and the creation of a manual one. */
export function registerAccountRoutes(app: FastifyInstance, context: SandboxContext): void {
  app.get('/users/:user/accounts', (request) => {
    const members = [...findUser(context, request).members.values()];
    return pageOf(members.flatMap(accountsOf), request);
  });
  app.post('/users/:user/accounts', (request) => ({
    account: serializeAccount(createAccount(context, request)),
  }));
  app.get('/users/:user/members/:member/accounts', (request) =>
    pageOf(accountsOf(findMember(context, request)), request),
  );
}
