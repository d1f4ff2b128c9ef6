import { ApiError } from '../errors/api-error.js';
import { isMxError } from '../mx/errors.js';
import type { MxProduct } from '../mx/products.js';
import type { MxChallengeAnswer, MxInstitution, MxOauthOptions, MxUseCase } from '../mx/types.js';
import { isOauthOnly, readFields } from './institution-fields.js';
import type { MutationScope, UserError } from './mutation.js';
import { oauthNotSupported, oauthRequired, productNotSupported } from './user-errors.js';
import { validateCredentials } from './validate-input.js';

/** Paths of the input. */
const ACCESS = ['input', 'access'] as const;
export const CREDENTIALS = [...ACCESS, 'credentials'] as const;

/** How to connect: with credentials, or through OAuth. */
export type MemberAccess =
  { readonly credentials: readonly MxChallengeAnswer[] } | { readonly oauth: MxOauthOptions };

/** Input of `createMember`. */
export interface NewMember {
  readonly idempotencyKey: string | null;
  readonly institutionCode: string;
  readonly access: MemberAccess;
  /** Null for the default of the server. */
  readonly products: readonly MxProduct[] | null;
  /** Null for the default of MX, as are the use cases. */
  readonly background: boolean | null;
  readonly useCases: readonly MxUseCase[] | null;
}

function assertNotEmpty(name: string, list: readonly unknown[] | null): void {
  if (list?.length !== 0) return;
  throw new ApiError(
    'BAD_USER_INPUT',
    `Expected \`${name}\` to have at least one value. Omit it for the default.`,
  );
}

/** Throws BAD_USER_INPUT for input that is wrong at every institution. */
export function assertConsistent({ products, useCases }: NewMember): void {
  assertNotEmpty('products', products);
  assertNotEmpty('useCases', useCases);
}

async function validateOauth({ cache }: MutationScope, code: string): Promise<UserError[]> {
  const institution = await cache.institutions.read(code);
  return institution.supports_oauth ? [] : [oauthNotSupported([...ACCESS, 'oauth'])];
}

/**
 * The products that the institution supports; null if that is unknown. That MX cannot be asked is no reason to refuse what
 * the end user entered: the failure may be a minute old.
 */
async function supportedProducts(
  { cache }: MutationScope,
  code: string,
): Promise<MxInstitution['supported_products']> {
  try {
    return (await cache.institutions.read(code)).supported_products;
  } catch (error) {
    if (!isMxError(error) || isMxError(error, 'not_found')) throw error;
    return null;
  }
}

async function validateProducts(
  scope: MutationScope,
  { institutionCode, products }: NewMember,
): Promise<UserError[]> {
  if (!products) return [];
  const supported = await supportedProducts(scope, institutionCode);
  // If MX does not say what the institution supports, only MX can validate.
  if (!supported) return [];
  return products.flatMap((product, index) =>
    supported.includes(product) ? [] : [productNotSupported(product, ['input', 'products', String(index)])],
  );
}

async function validateAccess(scope: MutationScope, input: NewMember): Promise<UserError[]> {
  const { institutionCode, access } = input;
  if ('oauth' in access) return validateOauth(scope, institutionCode);
  const fields = await readFields(scope, institutionCode);
  if (isOauthOnly(fields)) return [oauthRequired(CREDENTIALS)];
  return fields ? validateCredentials(fields, access.credentials, CREDENTIALS) : [];
}

/** Validates the input against what the institution offers. Rejects with NOT_FOUND if MX does not know it. */
export async function validateNewMember(scope: MutationScope, input: NewMember): Promise<UserError[]> {
  const access = await validateAccess(scope, input);
  return [...access, ...(await validateProducts(scope, input))];
}

/** The products to request: those of the input, each once, or the default ones that the institution supports. */
export async function productsOf(
  scope: MutationScope,
  { institutionCode, products }: NewMember,
): Promise<readonly MxProduct[]> {
  const { defaultProducts } = scope;
  if (products) return [...new Set(products)];
  if (defaultProducts.length === 0) return [];
  const supported = await supportedProducts(scope, institutionCode);
  return defaultProducts.filter((product) => supported?.includes(product) ?? true);
}
