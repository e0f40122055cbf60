import { healthOf, type Pool } from '@novation/clearing'
import { multiply, toNumber } from '@novation/decimal'
import { formatTime, type LedgerEvent } from '@novation/events'
import type { Dice } from '../engine/dice'
import { type Sending, sending } from './sending'

/** The price at which an account's equity is about zero, everything else as it is; nothing where there is no such price. */
const priceAtZero = (pool: Pool, id: string, instrument: string): number | undefined => {
  const account = pool.accounts.get(id)
  const held = account?.positions.get(instrument)
  const terms = pool.instruments.get(instrument)
  if (account === undefined || held === undefined || terms?.price === undefined) return undefined
  const size = toNumber(multiply(held.quantity, terms.multiplier))
  const price = toNumber(terms.price.value) - toNumber(healthOf(pool, account).equity) / size
  return price > 0 ? price : undefined
}

const textOf = (price: number): string => price.toFixed(Math.min(16, Math.max(2, 7 - Math.floor(Math.log10(price)))))

/**
 * Prices that carry an account that was just put up for auction over zero, and back again, some seconds apart: each time its
 * auction must begin anew.
 */
export const crossingsAfter = (dice: Dice, pool: Pool, event: LedgerEvent, now: number): readonly Sending[] => {
  if (event.type !== 'LiquidationStarted' || !dice.chance(0.7)) return []
  const { account, solvent } = event.data
  const [held] = [...(pool.accounts.get(account)?.positions.keys() ?? [])].sort()
  const zero = held === undefined ? undefined : priceAtZero(pool, account, held)
  const quantity = pool.accounts.get(account)?.positions.get(held ?? '')?.quantity
  if (held === undefined || zero === undefined || quantity === undefined) return []
  const up = toNumber(quantity) > 0 ? 1.004 : 0.996
  let at_ms = 0
  return Array.from({ length: dice.whole(1, 4) }, (_, i) => {
    at_ms += dice.whole(500, 5_000)
    const price = textOf(zero * ((i % 2 === 0) === solvent ? 2 - up : up))
    const data = { instrument: held, price, observedAt: formatTime(Math.floor(now + at_ms)) }
    return sending(pool.name, at_ms, `cross-${event.revision}-${i}`, 'PublishPrice', data, 'oracle')
  })
}
