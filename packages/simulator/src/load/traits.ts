import type { PartSizes } from '@novation/clearing'
import type { Dice } from '../engine/dice'

/** What a world may hold beside the plain one, and in how many of them it does. */
const shares = {
  /** Margin runs in two processes, each for its part of the accounts. */
  shards: 0.25,
  /** The reactors run in one process, on one state. */
  together: 0.4,
  /** Collateral that is not the settlement asset, with a haircut and a price of its own. */
  collateral: 0.3,
  /** Members who have coins and hardly any cash, so that what they lose they owe; the pool calls for it, at once or from so much on. */
  debits: 0.35,
  /** Traders some of whom have one owner: what one account owes, the others pay first. */
  owners: 0.25,
  /** Two pools, each on a partition of its own, in the same processes. */
  pools: 0.15,
  /** Prices that put an account exactly on one of its lines, to the last unit, or one unit beside it. */
  lines: 0.3,
  /** Many small holders of one instrument, all against one. */
  crowd: 0.05,
  /** So few accounts to an append that settlements, losses and deleveraging go on in parts. */
  parts: 0.35,
  /** Initial rates that rise with open interest. */
  scaling: 0.3,
  /** Contracts of more or less than one unit. */
  multiplier: 0.3,
  /** A third instrument, with terms of liquidation of its own. */
  third: 0.3,
  /** A market of what one price is above another: it may cost nothing, or less. */
  spread: 0.018,
  /** Accounts that hold one instrument only, the backstop perhaps among them. */
  isolated: 0.25,
  /** A last tier of margin with a bound, which large positions pass. */
  bounded: 0.25,
  /** A pool that remembers ids for a while only, and commands that are older. */
  memory: 0.2,
  /** Prices of millionths, and of hundreds of millions. */
  extremes: 0.2,
  /** Prices that hardly move, or stand still, from one observation to the next. */
  creeping: 0.2,
  /** A backstop with next to nothing. */
  poor: 0.3,
  /** Debtors who wait for a loss to be covered since different times, while auctions are open. */
  debtors: 0.35,
  /** Several positions with one counterparty, several defaults by the same prices, at one moment. */
  pairs: 0.4,
  /** Prices that carry an account up for auction over zero, there and back. */
  restarts: 0.3,
  /** Feeds that fall silent one by one, for so long that their prices wear. */
  outages: 0.3,
  /** Markets that are halted, reduced only, delisted, or of which nobody tells the price until they are dead. */
  halts: 0.2,
  /** Margin and haircuts that are changed: raised, taken back and raised again. */
  changes: 0.15,
  /** Trades that were mistakes, and are busted; now and then too late, or twice. */
  busts: 0.15,
  /** Prices that are held where they jump, until another confirms them. */
  holds: 0.2,
  /** Members who ask for what they have in it when a pool freezes: all of them at once. */
  runs: 0.35,
  /** An asset that never has a price, of which everybody is sent a little. */
  dust: 0.2,
  /** Clocks that tell whole seconds: things fall on the very moment when they are due. */
  seconds: 0.3,
  /** Whoever sends something writes its fields in any order, another one each time. */
  shuffled: 0.3,
  /** Once the storm is over nothing happens any more but a last price of everything. */
  silence: 0.2,
  /** Commands that are signed, keys for everybody, owners who say what of theirs must be, and the orders they then trade on. */
  signed: 0.15,
  /** The same, and somebody who hears everything and has stolen the keys of the venue and of an operator. */
  thief: 0.1,
  /** Prices that sources sign, in a signed world: some of them away, some in another currency that is converted. */
  sources: 0.06,
  /** The same, and two of seven lie. */
  liars: 0.05,
  /** The same, brought by somebody who holds back, reorders, repeats and mixes. */
  carrier: 0.05,
  /** The same, said on a topic of its own, from which two oracles carry it, each a process that crashes as any other. */
  oracles: 0.002,
  /** Options on a coin of their own: books that are margined together, who sells naked, surfaces that fall silent, expiries. */
  options: 0.12,
  /** Where there are options: moves so small that the bend of the smile costs the most, and who buys as much as he may. */
  smiles: 0.1,
} as const

export type Trait = keyof typeof shares

export type Traits = ReadonlySet<Trait>

export const traitNames = Object.keys(shares) as readonly Trait[]

/** By swarm, as faults are. `only` leaves the others out. */
export const traitsOf = (dice: Dice, only?: readonly Trait[]): Traits =>
  new Set(only ?? traitNames.filter((name) => dice.for(name).chance(shares[name])))

/** The pools of a world: each a key of the bus, and a stream of the store. */
export const poolsOf = (traits: Traits): readonly [string, ...string[]] =>
  traits.has('pools') ? ['main', 'side'] : ['main']

/** How a world's ledger cuts bulk work, where it is not as the product does. */
export const partsIn = (dice: Dice, traits: Traits): PartSizes | undefined =>
  traits.has('parts') ? { accounts: dice.whole(1, 4), closes: dice.pick([1, 1, 2, 3]) } : undefined
