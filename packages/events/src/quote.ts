import { type Either, left, right } from 'fp-ts/Either'
import { canonicalWriterOf } from './compiled/writer'
import { explainErrors } from './explain'
import { canonicalJson } from './json'
import { Quote, UnsignedQuote } from './oracle'
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

const canonical = canonicalWriterOf<UnsignedQuote>(UnsignedQuote)

/** What a source signs. No pool stands in it: it is a fact, and the same everywhere. */
export const quoteText = (quote: UnsignedQuote): string => {
  const said = saidIn(quote)
  return `novation/quote/1\n${canonical(said) ?? canonicalJson(said)}`
}

export const signQuote = (quote: UnsignedQuote, { key, sign }: SigningKey): Quote => ({
  ...saidIn(quote),
  key,
  signature: sign(quoteText(quote)),
})

/** The same, signed by one of Node's threads while this one goes on. */
export const signQuoteAside = async (quote: UnsignedQuote, { key, signAside }: SigningKey): Promise<Quote> => ({
  ...saidIn(quote),
  key,
  signature: await signAside(quoteText(quote)),
})

/** A quote as it goes over the wire, or what is wrong with it. Whether its source has signed it is another question. */
export const parseQuote = (text: string): Either<string, Quote> => {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return left('it is no JSON')
  }
  const quote = Quote.decode(json)
  return quote._tag === 'Right' ? right(quote.right) : left(explainErrors(quote.left, 'quote'))
}
