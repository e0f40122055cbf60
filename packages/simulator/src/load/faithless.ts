import type { Book } from '@novation/clearing'
import { type LedgerEvent, type Quote, signQuote } from '@novation/events'
import type { Dice } from '../engine/dice'
import { keyOf, operators } from './keys'
import { type Sending, sending } from './sending'
import { isLiar, otherCurrency, sourcesIn } from './sources'
import type { Traits } from './traits'

/** How long keys, and so bonds, wait in a pool with liars: not longer than a world lasts. */
export const keyDelay_s = 20

const amount = '100'

/** Who puts up a bond, signs two truths, and wants it back before anybody shows them. */
const faithless = 'liar-2'
const actor = `source:${faithless}`

const bondsOf = (pool: string, traits: Traits): readonly Sending[] =>
  sourcesIn(traits)
    .filter(({ source }) => isLiar(source))
    .map(({ source }) =>
      sending(pool, 0, `bond-${source}`, 'BondSource', { source, asset: 'USD', amount }, operators[0]),
    )

const hasKey = ({ identity }: Book): boolean =>
  (identity?.keys.get(keyOf(actor)?.key ?? '') ?? []).some(({ revokedAt }) => revokedAt === undefined)

/** The quote of that source among those that were just taken, as it had signed it. */
const saidIn = ({ type, data, metadata: { command } }: LedgerEvent): Quote | undefined =>
  type === 'QuotesTaken' && command?.type === 'PublishQuotes' && data.taken.some(({ source }) => source === faithless)
    ? command.data.quotes.find(({ source }) => source === faithless)
    : undefined

/**
 * What liars and those about them do about bonds when they see an event: all put one up; and one signs another truth of a time of
 * which it has been heard, asks for its bond at once, gives up its key, and asks again, and again once it may have it; meanwhile somebody who
 * has seen both truths shows them.
 */
export const faithlessAfter = (dice: Dice, traits: Traits, book: Book, event: LedgerEvent): readonly Sending[] => {
  const { pool, revision } = event
  if (event.type === 'IndexSet') return event.data.terms.index === otherCurrency ? bondsOf(pool, traits) : []
  const a = saidIn(event)
  const key = keyOf(actor)
  if (a === undefined || key === undefined || !hasKey(book) || !dice.chance(0.1)) return []
  const b = signQuote({ ...a, price: `${a.price}1` }, key)
  const revoked_ms = dice.whole(500, 6_000)
  const asks = [dice.whole(0, 500), revoked_ms + 1_000, revoked_ms + keyDelay_s * 1_000 + dice.whole(-3_000, 9_000)]
  return [
    ...asks.map((at_ms, i) =>
      sending(
        pool,
        at_ms,
        `release-${revision}-${i}`,
        'ReleaseBond',
        { source: faithless, asset: 'USD', amount },
        operators[0],
      ),
    ),
    sending(pool, revoked_ms, `given-up-${revision}`, 'RevokeKey', { key: key.key, reason: 'retired' }, actor),
    sending(pool, dice.whole(0, 8_000), `shown-${revision}`, 'ReportEquivocation', { a, b }, 'venue'),
  ]
}
