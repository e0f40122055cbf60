import { add, type Decimal, decimal, isPositive, subtract, zero } from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'

/** What a demo is told by at its end. Amounts are in the settlement asset. */
export interface Tally {
  readonly counts: ReadonlyMap<string, number>
  readonly called: ReadonlySet<string>
  /** How many calls were met before their deadline; a missed one is met, too, once the account is back. */
  readonly metInTime: number
  readonly liquidated: ReadonlySet<string>
  /** Fills of auctions, by bidder. */
  readonly fills: ReadonlyMap<string, number>
  /** What counterparties received when they were closed out against a defaulter, by account. */
  readonly deleveraged: ReadonlyMap<string, Decimal>
  /** What was taken from profits when losses were socialised, by account. */
  readonly haircut: ReadonlyMap<string, Decimal>
  /** What the fund kept of liquidation charges. */
  readonly charges: Decimal
  /** What was paid into each prefunded layer. */
  readonly funded: { readonly fund: Decimal; readonly 'skin-in-the-game': Decimal }
  readonly frozenAt: readonly string[]
  readonly thawedAt: readonly string[]
  readonly rejections: ReadonlyMap<string, number>
}

/** Reads events one after the other and keeps count; it changes as it reads. */
export interface Teller {
  readonly read: (event: LedgerEvent) => void
  readonly tally: () => Tally
}

const bump = (counts: Map<string, number>, key: string): void => {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

const pay = (sums: Map<string, Decimal>, key: string, amount: Decimal): void => {
  if (isPositive(amount)) sums.set(key, add(sums.get(key) ?? zero, amount))
}

export const teller = (): Teller => {
  const counts = new Map<string, number>()
  const called = new Set<string>()
  const late = new Set<string>()
  let metInTime = 0
  const liquidated = new Set<string>()
  const fills = new Map<string, number>()
  const deleveraged = new Map<string, Decimal>()
  const haircut = new Map<string, Decimal>()
  const rejections = new Map<string, number>()
  const frozenAt: string[] = []
  const thawedAt: string[] = []
  let charges = zero
  let funded: Tally['funded'] = { fund: zero, 'skin-in-the-game': zero }
  const read = (event: LedgerEvent): void => {
    bump(counts, event.type)
    switch (event.type) {
      case 'InsuranceFunded': {
        const { tranche, amount } = event.data
        funded = { ...funded, [tranche]: add(funded[tranche], decimal(amount)) }
        break
      }
      case 'MarginCall':
        called.add(event.data.account)
        late.delete(event.data.account)
        break
      case 'MarginCallMissed':
        late.add(event.data.account)
        break
      case 'MarginCallMet':
        if (!late.has(event.data.account)) metInTime += 1
        break
      case 'LiquidationStarted':
        liquidated.add(event.data.account)
        break
      case 'Liquidated':
        charges = add(charges, subtract(decimal(event.data.charge), decimal(event.data.reward)))
        bump(fills, event.data.bidder)
        break
      case 'Deleveraged':
        deleveraged.set(
          event.data.counterparty,
          add(deleveraged.get(event.data.counterparty) ?? zero, decimal(event.data.share)),
        )
        break
      case 'LossSocialized':
        for (const { account, amount } of event.data.taken) pay(haircut, account, decimal(amount))
        break
      case 'PoolFrozen':
        frozenAt.push(event.at)
        break
      case 'PoolThawed':
        thawedAt.push(event.at)
        break
      case 'CommandRejected':
        bump(rejections, event.data.code)
        break
      default:
    }
  }
  return {
    read,
    tally: () => ({
      counts,
      called,
      metInTime,
      liquidated,
      fills,
      deleveraged,
      haircut,
      charges,
      funded,
      frozenAt,
      thawedAt,
      rejections,
    }),
  }
}
