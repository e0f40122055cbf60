import { canonicalJson } from './json'
import type { Quote, UnsignedQuote } from './oracle'
import type { SigningKey } from './signing'

/** Of a quote, what is signed: no key, no signature. */
export const saidIn = ({ source, base, currency, at, price, confidence, volume }: UnsignedQuote): UnsignedQuote => ({
  source,
  base,
  currency,
  at,
  price,
  ...(confidence === undefined ? {} : { confidence }),
  ...(volume === undefined ? {} : { volume }),
})

/** What a source signs. No pool stands in it: it is a fact, and the same everywhere. */
export const quoteText = (quote: UnsignedQuote): string => `novation/quote/1\n${canonicalJson(saidIn(quote))}`

export const signQuote = (quote: UnsignedQuote, { key, sign }: SigningKey): Quote => ({
  ...saidIn(quote),
  key,
  signature: sign(quoteText(quote)),
})
