/** The products of MX: kinds of data that it can get from an institution, under MX's names. */
export const MX_PRODUCTS = [
  'account_verification',
  'identity_verification',
  'transactions',
  'transaction_history',
  'statements',
  'investments',
  'rewards',
] as const;

/** A product of MX. */
export type MxProduct = (typeof MX_PRODUCTS)[number];

/** A product that MX could not start to get for a new member. */
export interface MxFailedProduct {
  /** Null if MX does not say which of the requested products failed. */
  readonly product: MxProduct | null;
  readonly error_code: string | null;
  readonly user_message: string | null;
}

/** MX's filter of institutions calls one product by another name than its responses do. */
const OTHER_NAMES: Readonly<Record<string, MxProduct>> = { history: 'transaction_history' };

/** Parses the name of a product. Returns null if it is none that is known. */
export function parseProduct(value: unknown): MxProduct | null {
  if (typeof value !== 'string') return null;
  const name = value.toLowerCase();
  return MX_PRODUCTS.find((product) => product === name) ?? OTHER_NAMES[name] ?? null;
}

/** Parses an array of products, each once. Unknown ones are dropped. Returns null if it is no array. */
export function parseProducts(value: unknown): MxProduct[] | null {
  if (!Array.isArray(value)) return null;
  return [...new Set(value.flatMap((one) => parseProduct(one) ?? []))];
}
