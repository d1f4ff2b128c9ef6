import type { FailedProduct, Product } from '../generated/resolvers-types.js';
import type { MxFailedProduct, MxProduct } from '../mx/products.js';

/** The product under its name in the schema. */
export function toProduct(product: MxProduct): Product {
  return product.toUpperCase() as Uppercase<MxProduct>;
}

/** The product under MX's name. */
export function toMxProduct(product: Product): MxProduct {
  return product.toLowerCase() as Lowercase<Product>;
}

/** A failed product as the schema has it. */
export function toFailedProduct({ product, error_code, user_message }: MxFailedProduct): FailedProduct {
  return { product: product && toProduct(product), errorCode: error_code, userMessage: user_message };
}
