import {
  abs,
  add,
  type Decimal,
  decimal,
  isPositive,
  max,
  multiply,
  type Ratio,
  subtract,
  sum,
  whole,
  zero,
} from '@novation/decimal'
import { type Caps, capOf, instrumentShare } from '@novation/risk'
import type { Book } from './book'
import { layersOf } from './layers'
import type { Instrument, Pool } from './pool'
import type { Drawing, Purse } from './values'
import { settlementPlaces } from './worth'

/** How a purse is named: of an owner, an instrument or a coin. */
export const purseOf = (what: Drawing['what'], id: string): string => `${what}/${id}`

/** The owner, instrument or coin of a purse of that name. */
export const namedBy = (purse: string): Pick<Drawing, 'what' | 'id'> => {
  const at = purse.indexOf('/')
  return { what: purse.slice(0, at) as Drawing['what'], id: purse.slice(at + 1) }
}

/** Until when what is drawn counts under the cap that was fixed with the first draw. */
export const endOf = ({ parameters }: Pool, { since }: Purse): number => since + parameters.waterfall.window_s * 1000

/** What a gap would cost those who hold an instrument long. */
const gapCost = ({ id, gap, holders }: Instrument): Decimal => {
  let cost = zero
  for (const { positions } of holders) {
    const position = positions.get(id)
    if (position !== undefined && isPositive(position.quantity)) cost = add(cost, abs(position.cash))
  }
  return multiply(gap, cost)
}

const shareOf = (pool: Pool, purse: string): Ratio => {
  const { ownerShare, instrumentShare: share, coinShare } = pool.parameters.waterfall
  const { what, id } = namedBy(purse)
  if (what === 'owner') return whole(decimal(ownerShare))
  if (what === 'coin') return whole(pool.assets.get(id)?.coinShare ?? decimal(coinShare))
  const others = [...pool.instruments.values()].filter((each) => each.id !== id)
  const own = pool.instruments.get(id)
  return instrumentShare(decimal(share), own === undefined ? zero : gapCost(own), sum(others.map(gapCost)))
}

/** The cap of a purse, and what is left under it: what was fixed with the first draw, anew once its window is over. */
const capIn = (pool: Pool, purse: string): { readonly cap: Decimal; readonly left: Decimal } => {
  const so = pool.purses.get(purse)
  if (so !== undefined && pool.at < endOf(pool, so)) return { cap: so.cap, left: max(zero, subtract(so.cap, so.drawn)) }
  const { fund, skinInTheGame } = layersOf(pool)
  const least = decimal(pool.parameters.size.floor)
  const cap = capOf(least, shareOf(pool, purse), add(fund, skinInTheGame), settlementPlaces(pool))
  return { cap, left: cap }
}

/** What the layers may still bear: asked of one purse after the other at one moment, each is worked out once. */
export interface CapsNow extends Caps {
  readonly cap: (purse: string) => Decimal
}

export const capsOf = (pool: Pool): CapsNow => {
  const known = new Map<string, ReturnType<typeof capIn>>()
  const found = (purse: string) => {
    const so = known.get(purse) ?? capIn(pool, purse)
    known.set(purse, so)
    return so
  }
  return {
    owner: (id) => found(purseOf('owner', id)).left,
    part: (purse) => found(purse).left,
    cap: (purse) => found(purse).cap,
  }
}

/** Caps whose window is over count anew: nothing is kept of what was drawn under them. */
export const endWindows = (book: Book): void => {
  for (const [name, purse] of [...book.purses]) if (endOf(book, purse) <= book.at) book.remove(book, 'purses', name)
}

/** Counts what a layer has paid under each cap. */
export const applyDrawing = (book: Book, { what, id, amount, cap }: Drawing): void => {
  const purse = purseOf(what, id)
  const so = book.purses.get(purse)
  const goesOn = so !== undefined && book.at < endOf(book, so)
  book.put<Book, Purse>(
    book,
    'purses',
    purse,
    goesOn ? { ...so, drawn: add(so.drawn, amount) } : { since: book.at, cap, drawn: amount },
  )
}
