import type { Parsed } from './http-url.js';

const PRODUCTS = [
  'account_verification',
  'identity_verification',
  'transactions',
  'transaction_history',
  'statements',
  'investments',
  'rewards',
] as const;

/** A product of MX, under MX's name. */
export type ProductName = (typeof PRODUCTS)[number];

/** Parses a list of products, separated by commas, in any case. Each is kept once. */
export function parseProductList(list: string): Parsed<readonly ProductName[]> {
  const names = list.split(',').map((name) => name.trim().toLowerCase());
  const products = names.flatMap((name) => PRODUCTS.find((product) => product === name) ?? []);
  return products.length === names.length
    ? { value: [...new Set(products)] }
    : { error: `must be products separated by commas, of ${PRODUCTS.join(', ')}` };
}
