/** Seeds that every run of the tests looks at, from 1: who asks for worlds gets others. */
export const suiteWorlds = 300

/**
 * What a storm is there for, and in how many of 150 worlds it comes to it at the least: a generator that has gone stale shows
 * nothing about what it no longer comes to, and says so here.
 */
const musts: Readonly<Record<string, number>> = {
  AuctionTurned: 15,
  MarginCall: 40,
  MarginCallMet: 40,
  MarginCallMissed: 15,
  PoolFrozen: 25,
  PoolThawed: 25,
  FundingSettled: 15,
  'auction of a solvent account': 15,
  'auction of an insolvent account': 25,
  'bid by the backstop': 1,
  'bid for a solvent account': 8,
  'bid for an insolvent account': 10,
  'several positions taken over at once': 5,
  'deleveraged at the mark': 5,
  'deleveraged with a share': 1,
  CollateralSold: 8,
  CollateralBought: 1,
  DebitCalled: 12,
  DebitMet: 4,
  OwnerSetOff: 2,
  'fund drawn: auction': 8,
  'fund drawn: write-off': 12,
  'skin-in-the-game drawn: write-off': 12,
  'in parts: deleveraging': 1,
  'in parts: loss': 6,
  'in parts: settlement': 12,
  'liquidation ended: closed': 10,
  'liquidation ended: deleveraged': 12,
  'liquidation ended: restored': 12,
  'loss socialised in whole': 20,
  'rejected: beyond-band': 20,
  'rejected: not-expired': 3,
  'rejected: too-soon': 1,
  'rejected: reduce-only': 3,
  'rejected: not-trading': 8,
  PriceHeld: 15,
  VolatilityTick: 8,
  VariationSettled: 8,
  ExpiryFixed: 5,
  ExpirySettled: 4,
  'rejected: not-reducing': 1,
  IndexTicked: 12,
  IndexHeld: 8,
  SourcesScored: 8,
  SourceEquivocated: 4,
  SourceBonded: 4,
  InstrumentStateSet: 15,
  InstrumentParametersSet: 10,
  TradeBusted: 6,
  'time passed: terms': 10,
  InstrumentDelisting: 3,
  InstrumentExpired: 30,
  'time passed: dead': 1,
  'rejected: held-back': 5,
  'rejected: insufficient-margin': 50,
  'rejected: isolated-account': 8,
  'rejected: not-breached': 12,
  'rejected: nothing-due': 5,
  'rejected: not-matured': 1,
  'rejected: price-out-of-order': 20,
  'rejected: stale-price': 15,
  'rejected: still-liable': 2,
  'rejected: under-liquidation': 8,
  'rejected: consent-missing': 10,
  'rejected: order-missing': 8,
  'rejected: order-exceeded': 8,
  'time passed: auction': 15,
  'time passed: expiry': 6,
  'time passed: loss': 6,
  'time passed: margin-call': 15,
  'time passed: wear': 30,
  OrderCancelled: 4,
  'dead letter: bad-signature': 8,
  'dead letter: unknown-key': 8,
  'dead letter: id-reused': 20,
  'dead letter: too-old': 10,
  'dead letter: refused': 5,
  'ended within its back-off': 25,
  'power cut': 8,
  'disk failed': 15,
  'older image of a disk': 8,
  'life begun at a checkpoint': 80,
  'place written beside': 80,
  'ledger opened from a snapshot': 80,
  'refused for good: novation.commands': 10,
  'refused for good: novation.dead-letters': 2,
  'refused for good: novation.events': 4,
}

/** What fewer of 150 worlds came to than must. `reached` says how many came to what. */
export const rarelyReached = (reached: ReadonlyMap<string, number>): readonly string[] =>
  Object.entries(musts).flatMap(([name, least]) => {
    const worlds = reached.get(name) ?? 0
    return worlds < least ? [`${name}: in ${worlds} worlds, where ${least} are the least`] : []
  })

/** Prints what so many worlds came to, and how many of them did. */
export const reachTable = (reached: ReadonlyMap<string, number>, worlds: number, say: (line: string) => void): void => {
  say(`| of ${worlds} worlds | come to |`)
  say('|---|---|')
  for (const [name, count] of [...reached].sort(([a], [b]) => (a < b ? -1 : 1))) say(`| ${count} | ${name} |`)
}
