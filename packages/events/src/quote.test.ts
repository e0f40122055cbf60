import { isRight } from 'fp-ts/Either'
import { canonicalJson } from './json'
import { Quote, type UnsignedQuote } from './oracle'
import { parseQuote, quoteText, signQuote, signQuoteAside } from './quote'
import { openVerifier } from './signature'
import { developmentKey } from './signing'

const said: UnsignedQuote = {
  source: 'coinbase',
  base: 'BTC',
  currency: 'USD',
  at: '2023-03-11T07:00:00.123Z',
  price: '20412.06',
  confidence: '0.5',
  volume: '15328.12345678',
}
const text =
  'novation/quote/1\n{"at":"2023-03-11T07:00:00.123Z","base":"BTC","confidence":"0.5","currency":"USD","price":"20412.06","source":"coinbase","volume":"15328.12345678"}'

describe('a quote', () => {
  const key = developmentKey('quotes', 'source:coinbase')
  const quote = signQuote(said, key)

  it('is signed as all that it says, and no pool stands in it', () => {
    expect(quoteText(said)).toBe(text)
    expect(quoteText(quote)).toBe(text)
    expect(openVerifier()(key.key, text, quote.signature)).toBe(true)
    expect(openVerifier()(key.key, quoteText({ ...quote, price: '20412.07' }), quote.signature)).toBe(false)
  })

  it('is the same whoever signs it while something else goes on', async () =>
    expect(await signQuoteAside(said, key)).toEqual(quote))

  it.each([{}, { source: 'caf\u00e9 "x"\n' }, { confidence: '1' }, { volume: '0' }])(
    'is signed in canonical JSON, with %j too',
    (change) => {
      const { volume: _, confidence: __, ...rest } = said
      const of: UnsignedQuote = { ...rest, ...change }
      expect(quoteText(of)).toBe(`novation/quote/1\n${canonicalJson(of)}`)
    },
  )

  it.each([
    ['more than a millisecond says', { at: '2023-03-11T07:00:00.1234Z' }],
    ['a price with an exponent', { price: '2e4' }],
    ['a price of nineteen digits', { price: '1000000000000000000' }],
    ['a field that nobody signs', { venue: 'x' }],
    ['no signature', { signature: '' }],
  ])('is not one with %s', (_, change) => expect(isRight(Quote.decode({ ...quote, ...change }))).toBe(false))

  it.each([{}, { price: '100000000000000000' }, { price: '-1' }, { at: '2023-03-11T07:00:00Z' }])(
    'has the form of one with %j: whether it counts is for the ledger to say',
    (change) => expect(isRight(Quote.decode({ ...quote, ...change }))).toBe(true),
  )

  it('is read from its text, or it is said what is wrong with that', () => {
    expect(parseQuote(JSON.stringify(quote))).toEqual({ _tag: 'Right', right: quote })
    expect(parseQuote('{')).toEqual({ _tag: 'Left', left: 'it is no JSON' })
    expect(parseQuote(JSON.stringify({ ...quote, price: 5 }))).toEqual({
      _tag: 'Left',
      left: expect.stringContaining('price'),
    })
  })
})
