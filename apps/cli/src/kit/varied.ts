import {
  after,
  alice,
  all,
  asAnna,
  bob,
  carol,
  curve,
  dave,
  given,
  list,
  listOption,
  marketAt,
  optionMarket,
  price,
  quote,
  report,
  riskModel,
  said,
  setIndex,
  surface,
  withSources,
} from '@novation/clearing/kit'
import { encodeEvent, formatTime, streamOf } from '@novation/events'
import { openEmbeddedStore } from '@novation/platform'
import { digestOf } from './recorded'

/** The further a strike is from the price, the more volatile. */
const smile = surface({
  points: [
    { strike: '90', volatility: '0.92' },
    { strike: '100', volatility: '0.8' },
    { strike: '110', volatility: '0.84' },
  ],
})

/** Options beside perpetuals: alice holds both and stands under one requirement, bob holds the same calls each by itself; what is due later is worth a little less. */
const options = all(
  optionMarket,
  riskModel('BTC', { curve: 'USD' }),
  curve([{ days: 30, discount: '0.996' }]),
  listOption('HIGH', '110 call'),
  list('BTC-USD-PERP', { underlying: 'BTC' }),
  price('BTC-USD-PERP', '100'),
  alice.opens('portfolio'),
  alice.holds('20 USD'),
  bob.holds('1000 USD'),
  carol.holds('1000 USD'),
  dave.holds('1000 USD'),
  alice.buys('1 BTC-USD-PERP at 100 from dave'),
  alice.sells('1 CALL at 7.6 to bob'),
  alice.buys('2 HIGH at 4 from carol'),
  bob.buys('1 PUT at 2 from carol'),
  ...['103', '99', '97'].flatMap((at) => [after('30 s'), marketAt(at), price('BTC-USD-PERP', at)]),
  smile,
)

const sources = ['s1', 's2', 's3', 's4', 's5'] as const
const counted = sources.map((source) => ({ source, weight: 1 }))
const truth = (at: string, price_: string) => quote({ source: 's5', base: 'ETH', currency: 'USD', at, price: price_ })

/** From here on commands are signed: an index of five sources, of which one has signed two truths, and one that has no price yet. */
const indices = all(
  withSources(...sources),
  asAnna(setIndex({ index: 'ETH-USD', quorum: 3, sources: counted })),
  asAnna(setIndex({ index: 'SOL-USD', quorum: 3, sources: counted })),
  asAnna(list('ETH-PERP', { index: 'ETH-USD' })),
  ...[0, 2, -3].flatMap((more) => [
    after('30 s'),
    said('ETH/USD', ...['200', '200.5', '199.5', '200', '200.25'].map((at) => String(Number(at) + more))),
  ]),
  (world) => {
    const at = formatTime(world.clock)
    return asAnna(report(truth(at, '200'), truth(at, '300')))(world)
  },
)

/** What no demo has: options, an account of portfolio margin, and prices made by sources. Made by the rules of today. */
const varied = () => given(options, indices).world

/** What its figures are, as a digest: where they are others than when pictures were made, pictures say nothing. */
export const figuresOfVaried = (): string => digestOf(varied().pool)

/** Makes a ledger of it. */
export const putVaried = async (ledger: string): Promise<void> => {
  const [first, ...rest] = varied().events.map(encodeEvent)
  if (first === undefined) throw new Error('nothing happened')
  const store = openEmbeddedStore(ledger)
  const appended = await store.append(streamOf('main'), [first, ...rest], -1)()
  await store.close()
  if (appended._tag === 'Left') throw new Error(appended.left.tag)
}
