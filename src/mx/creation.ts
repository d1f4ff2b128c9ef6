import { unwrap } from './answers.js';
import { isJson, parseMemberError, parseObject, parseString } from './parse.js';
import type { Json } from './parse.js';
import { parseProduct, parseProducts } from './products.js';
import type { MxFailedProduct, MxProduct } from './products.js';
import type { MxHttpResponse } from './response.js';
import type { MxMember } from './types.js';

/** How MX answered the create of a member. */
export interface MxCreation {
  readonly member: MxMember;
  /** True if MX has started the first job of the member. */
  readonly isJobStarted: boolean;
  /** Products that were requested and could not be started. */
  readonly failedProducts: readonly MxFailedProduct[];
}

/** The form of an error's type. Anything else in an error may contain input of the end user, and is not passed on. */
const ERROR_TYPE_PATTERN = /^[\w.-]{1,80}$/;

/** MX does not document where the errors of a 201 are: in the member, beside it, one or several. */
function errorsOf(body: Json, endpoint: string): Json[] {
  const member = unwrap(body, 'member', endpoint);
  const holders = isJson(member) ? [member, body] : [body];
  const rows: unknown[] = holders.flatMap((holder) => [holder['error'], holder['errors']]).flat();
  const errors = rows.flatMap((row): Json[] => {
    const error = parseObject(row);
    return error ? [error] : [];
  });
  return errors.filter((error) => Object.keys(error).length > 0);
}

function toFailedProducts(error: Json, requested: readonly MxProduct[]): MxFailedProduct[] {
  const { error_code = null, user_message = null } = parseMemberError(error) ?? {};
  const type = parseString(error['type']) ?? parseString(error['error_type']);
  const code = error_code ?? (type !== null && ERROR_TYPE_PATTERN.test(type) ? type : null);
  const named = parseProducts(error['products']) ?? [];
  const one = parseProduct(error['product']) ?? (requested.length === 1 ? requested[0] : null) ?? null;
  const products = named.length > 0 ? named : [one];
  return products.map((product) => ({ product, error_code: code, user_message }));
}

const UNKNOWN_FAILURE: Json = {};

/**
 * Reads the products that failed from the body of a 201. At least one that was requested has, even if the body does not
 * say which.
 */
function parseFailedProducts(
  body: Json,
  endpoint: string,
  requested: readonly MxProduct[],
): MxFailedProduct[] {
  const errors = errorsOf(body, endpoint);
  if (errors.length === 0 && requested.length === 0) return [];
  const failed = (errors.length > 0 ? errors : [UNKNOWN_FAILURE]).flatMap((error) =>
    toFailedProducts(error, requested),
  );
  const named = new Map(failed.toReversed().map((one) => [one.product, one]));
  return [...named.values()].reverse();
}

/**
 * What MX's status of a create says: 202 if a job was requested; 200 if none was, as for an OAuth member; 201 if the
 * job of the requested products could not be started.
 */
export function toCreation(
  member: MxMember,
  { status, body }: MxHttpResponse,
  { endpoint, requested }: { readonly endpoint: string; readonly requested: readonly MxProduct[] },
): MxCreation {
  return {
    member,
    isJobStarted: status === 202 || member.is_being_aggregated,
    failedProducts: status === 201 && body ? parseFailedProducts(body, endpoint, requested) : [],
  };
}
