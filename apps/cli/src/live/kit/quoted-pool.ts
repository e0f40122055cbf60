import { type Command, formatTime, type Millis, type SigningKey, signCommand } from '@novation/events'

const operators = ['operator:first', 'operator:second']

/** A signed pool whose one index, BTC-USD, is made of what these sources say, each as heavy as the others. */
export interface QuotedPool {
  readonly pool: string
  readonly domain: string
  readonly sources: readonly string[]
  readonly quorum: number
  readonly keyOf: (actor: string) => SigningKey
}

/** Everybody who has a key in such a pool. */
export const actorsIn = (sources: readonly string[]): readonly string[] => [
  ...operators,
  'clock',
  'oracle',
  ...sources.map((source) => `source:${source}`),
]

/** All that is asked before the first price. */
export const opening = ({ pool, domain, sources, quorum, keyOf }: QuotedPool, now: Millis): readonly Command[] => {
  const [first = ''] = operators
  const named = (actor: string) => ({ actor, key: keyOf(actor).key })
  const asked = (id: string, type: string, data: object, also: readonly string[] = []): Command =>
    signCommand(
      { id, type, pool, actor: first, at: formatTime(now), data } as Command,
      domain,
      [first, ...also].map(keyOf),
    )
  return [
    asked('adopt', 'AdoptIdentity', { domain, keys: operators.map(named) }, operators.slice(1)),
    ...actorsIn(sources)
      .filter((actor) => !operators.includes(actor))
      .map((actor) => asked(`key-${actor}`, 'RegisterKey', named(actor), [actor])),
    asked('usd', 'RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }),
    asked('index', 'SetIndex', {
      ...{ index: 'BTC-USD', base: 'BTC', currency: 'USD', places: 2, quorum },
      sources: sources.map((source) => ({ source, weight: 1 })),
    }),
  ]
}

/** What Coinbase says of a price at a time. */
export const ticker = (at: Millis, price: number): string =>
  JSON.stringify({
    ...{ type: 'ticker', product_id: 'BTC-USD', price: price.toFixed(2) },
    ...{ best_bid: price.toFixed(2), best_ask: price.toFixed(2), time: formatTime(at) },
  })
