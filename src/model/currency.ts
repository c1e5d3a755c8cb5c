/** Currencies whose minor unit is not a hundredth, by the number of digits, as ISO 4217 lists them. */
const OTHER_DIGITS: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
}

const DIGITS: ReadonlyMap<string, number> = new Map(
  Object.entries(OTHER_DIGITS).flatMap(([digits, currencies]) =>
    currencies.split(' ').map((currency) => [currency, Number(digits)] as const),
  ),
)

/**
 * How many digits of an amount are minor units: 2 for EUR, 0 for JPY, 3 for KWD. By ISO 4217, and not by what is usual in
 * shops, as `Intl` has it: there, Hungarian forints have no minor unit, and an amount of them would be shown a hundredfold.
 */
export const digitsOf = (currency: string): number => DIGITS.get(currency) ?? 2
