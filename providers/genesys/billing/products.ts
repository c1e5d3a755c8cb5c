import type { Purchases } from '../../../src/provider-kit/index.ts'

/**
 * Products of contracts and bills, by SKU or part number, and the license whose seats they are. No API of the vendor says it,
 * so each row names the public source that does, in a comment; without a source, there is no row. None is known yet: the
 * configuration maps products, as `sku` of a license.
 */
const LICENSES_OF_PRODUCTS: ReadonlyMap<string, string> = new Map([])

/** The id of the license whose seats a product is; undefined where it is not known. */
export const licenseOfProduct = ({ sku }: Purchases.Purchase): string | undefined =>
  sku === undefined ? undefined : LICENSES_OF_PRODUCTS.get(sku)
