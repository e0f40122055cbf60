import { type Book, emptyPool, process } from '@novation/clearing'
import type { Command } from '@novation/events'
import { sending } from '../load/sending'

/** What somebody asks, done at so many milliseconds after 1970. */
export const send = (pool: Book, type: string, data: object, actor = 'operator', at_ms = 0) => {
  const { text } = sending('main', 0, `c-${pool.revision}`, type, data, actor)
  const outcome = process(pool, JSON.parse(text) as Command, at_ms)
  if (outcome.tag !== 'decided' || outcome.rejection !== undefined) throw new Error(`${type} was not done`)
  return outcome
}

/** Alice is long, and bob short, so many at 100 with so much each, where every price is believed at once. */
export const market = (quantity: string, amount: string): Book => {
  const margin = {
    model: 'tiered',
    tiers: [
      { upTo: '500', initial: '0.1', maintenance: '0.05' },
      { initial: '0.2', maintenance: '0.11' },
    ],
  }
  const steps: readonly (readonly [string, object])[] = [
    ['RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }],
    ['ListInstrument', { instrument: 'BTC-PERP', kind: 'perpetual', settlementAsset: 'USD', lot: '0.1', margin }],
    ['SetPoolParameters', { deviation: '1000000000000000000' }],
    ['PublishPrice', { instrument: 'BTC-PERP', price: '100' }],
    ...['alice', 'bob'].flatMap((account) => [
      ['OpenAccount', { account }] as const,
      ['Deposit', { account, asset: 'USD', amount }] as const,
    ]),
    ['ClearTrade', { trade: 't', instrument: 'BTC-PERP', buyer: 'alice', seller: 'bob', quantity, price: '100.01' }],
  ]
  const book = emptyPool('main')
  for (const [type, data] of steps) send(book, type, data)
  return book
}
