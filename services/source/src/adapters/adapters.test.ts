import { parseCommand } from '@novation/events'
import fc from 'fast-check'
import type { Heard } from './adapter'
import { exactJson } from './exact-json'
import { adapters } from './index'
import { cases, symbols } from './kit/messages'

const hear = (venue: string, message: string, receivedAt = '2026-04-07T14:30:03.250Z'): readonly Heard[] =>
  adapters[venue]?.(message, { receivedAt: Date.parse(receivedAt), symbols }) ?? []

const kraken = (fields: string): readonly Heard[] =>
  hear('kraken', `{"channel":"ticker","data":[{"symbol":"BTC/USD",${fields}}]}`)

/** Whether a source could sign it as it is. */
const isSayable = (heard: Heard): boolean => {
  if ('ignored' in heard) return true
  const quote = { source: 's', ...heard, signature: `${'A'.repeat(86)}` }
  const command = { id: '1', type: 'PublishQuotes', pool: 'main', actor: 'oracle', data: { quotes: [quote] } }
  return parseCommand(JSON.stringify(command), 'nobody')._tag === 'Right'
}

describe('an adapter', () => {
  it.each(cases.map((each) => [each.venue, each.name, each] as const))('of %s: %s', (venue, _, each) => {
    expect(hear(venue, each.message, each.receivedAt)).toEqual(each.heard)
    expect(each.heard.every(isSayable)).toBe(true)
  })

  it('says why what is no price is none', () => {
    expect(kraken('"bid":2,"ask":1')).toEqual([{ ignored: 'crossed' }])
    expect(kraken('"ask":1')).toEqual([{ ignored: 'one-sided' }])
    expect(kraken('"last":-1')).toEqual([{ ignored: 'not-positive' }])
    expect(kraken('"bid":"much","ask":1')).toEqual([{ ignored: 'malformed' }])
    expect(kraken('"volume":1')).toEqual([{ ignored: 'malformed' }])
    for (const venue of Object.keys(adapters)) expect(hear(venue, '{"channel":')).toEqual([{ ignored: 'malformed' }])
  })

  it('reads the decimal of a number also where it has an exponent, and refuses what no quote could say', () => {
    expect(kraken('"last":1.25e-5')).toMatchObject([{ price: '0.0000125' }])
    expect(kraken('"last":1.25E+3')).toMatchObject([{ price: '1250' }])
    for (const last of ['1e-19', '1e18', '1234567890123456789'])
      expect(kraken(`"last":${last}`)).toEqual([{ ignored: 'too-fine' }])
  })

  it('takes the middle of a book that is finer than a quote can say to the even of its last place', () => {
    expect(kraken('"bid":0.000000000000000001,"ask":0.000000000000000002')).toMatchObject([
      { price: '0.000000000000000002', confidence: '0.000000000000000001' },
    ])
  })

  it('hears what a subscription to a book in another currency really prints', () => {
    const ticker = '{"type":"ticker","product_id":"BTC-USD","price":"1","best_bid":"1","best_ask":"1"}'
    expect(hear('coinbase', ticker)).toMatchObject([{ base: 'BTC', currency: 'USD', confidence: '0' }])
  })

  it('does not take the letters of other streams of Binance for a book', () => {
    const depth = '{"e":"depthUpdate","E":1678518000123,"s":"BTCUSDT","b":[["1","2"]],"a":[["2","1"]]}'
    const day = '{"e":"24hrMiniTicker","E":1678518000123,"s":"BTCUSDT","c":"20293","o":"1","h":"2","l":"1"}'
    expect([hear('binance', depth), hear('binance', day)]).toEqual([[], []])
  })

  it('hears Pyth as it answers and as it streams', () => {
    const id = '0xff61491a931112ddf1bd8147cd1b641375f79f5825126d665480874634fd0ace'
    const feed = `{"id":"${id}","price":{"price":"5","conf":"1","expo":0,"publish_time":1692110601}}`
    const said = [{ base: 'ETH', currency: 'USD', at: '2023-08-15T14:43:21.000Z', price: '5', confidence: '1' }]
    expect(hear('pyth', `{"parsed":[${feed}]}`)).toEqual(said)
    expect(hear('pyth', `{"type":"price_update","price_feed":${feed}}`)).toEqual(said)
    expect(hear('pyth', '[{"id":"00","price":{}}]')).toEqual([{ ignored: 'unknown-symbol' }])
  })

  it('never throws, whatever comes, and says nothing that could not be signed', () => {
    const messages = fc.oneof(
      fc.json(),
      fc.string(),
      fc
        .constantFrom(...cases.map(({ message }) => message))
        .chain((message) =>
          fc
            .tuple(fc.nat(message.length), fc.string({ maxLength: 3 }))
            .map(([at, text]) => message.slice(0, at) + text + message.slice(at + text.length)),
        ),
    )
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(adapters)), messages, (venue, message) => {
        expect(hear(venue, message).every(isSayable)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
  })
})

describe('exact JSON', () => {
  it('has each number as the text that stands there, and strings as they are', () => {
    expect(exactJson('{"a":105944.20,"b":"1.50","c":[1e-7,-0],"d":"say \\"1.0\\", or 2","e":null}')).toEqual({
      a: '105944.20',
      b: '1.50',
      c: ['1e-7', '-0'],
      d: 'say "1.0", or 2',
      e: null,
    })
  })

  it('is nothing where it is no JSON, also where it would be once its numbers were quoted', () => {
    for (const text of ['', '{', '01', '[1,]', '1 2']) expect(exactJson(text)).toBeUndefined()
  })

  it('differs from what JSON says in its numbers only', () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const asTexts = (_: string, each: unknown) => (typeof each === 'number' ? JSON.stringify(each) : each)
        expect(exactJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value, asTexts)))
      }),
    ))
})
