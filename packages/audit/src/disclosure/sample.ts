import { type Account, healthOf, houseBalance, insurance, type Pool, skinInTheGame } from '@novation/clearing'
import {
  add,
  type Decimal,
  decimal,
  isPositive,
  max,
  min,
  multiply,
  negate,
  one,
  subtract,
  sum,
  zero,
} from '@novation/decimal'

/** A position as it was held at a sample: what a later price is held against. */
interface Held {
  readonly instrument: string
  /** Signed quantity times multiplier. */
  readonly exposure: Decimal
  readonly mark: Decimal
}

/** One account at a sample; amounts in the settlement asset. */
export interface AccountSample {
  readonly id: string
  readonly equity: Decimal
  readonly initial: Decimal
  /** Gross value of what it holds. */
  readonly notional: Decimal
  /** Cash sides and marks together: what its positions are worth, funding included. */
  readonly worth: Decimal
  readonly held: readonly Held[]
}

export interface Sample {
  readonly at: number
  readonly accounts: readonly AccountSample[]
  readonly prefunded: Decimal
}

const hasMarks = (pool: Pool, { positions }: Account): boolean =>
  [...positions.keys()].every((id) => pool.instruments.get(id)?.price !== undefined)

const accountSample = (pool: Pool, account: Account): AccountSample => {
  const { equity, initial, positions } = healthOf(pool, account)
  return {
    id: account.id,
    equity,
    initial,
    notional: sum(positions.map(({ notional }) => notional)),
    worth: sum(positions.map(({ unrealised, accrued }) => add(unrealised, accrued))),
    held: positions.map(({ instrument, quantity, mark }) => ({
      instrument: instrument.id,
      exposure: multiply(quantity, instrument.multiplier),
      mark,
    })),
  }
}

/** What the fund and the operator hold, in the settlement asset. */
export const prefundedOf = (pool: Pool): { readonly operator: Decimal; readonly fund: Decimal } => ({
  operator: houseBalance(pool, skinInTheGame, pool.settlementAsset ?? ''),
  fund: houseBalance(pool, insurance, pool.settlementAsset ?? ''),
})

/** The pool as it stands, taken for the figures. */
export const sampleOf = (pool: Pool): Sample => {
  const { operator, fund } = prefundedOf(pool)
  return {
    at: pool.at,
    accounts: [...pool.accounts.values()]
      .filter((account) => hasMarks(pool, account))
      .map((account) => accountSample(pool, account)),
    prefunded: add(operator, fund),
  }
}

const descending = (amounts: readonly Decimal[]): readonly Decimal[] =>
  [...amounts].sort((a, b) => (isPositive(subtract(b, a)) ? 1 : isPositive(subtract(a, b)) ? -1 : 0))

/** The sum of the largest few. */
export const largest = (amounts: readonly Decimal[], count: number): Decimal => sum(descending(amounts).slice(0, count))

/** What an account would owe beyond all its collateral if every mark moved by `move` (-0.2: a fall by a fifth). */
const lossUnder = ({ equity, held }: AccountSample, move: Decimal): Decimal => {
  const change = sum(held.map(({ exposure, mark }) => multiply(multiply(exposure, mark), move)))
  return max(zero, negate(add(equity, change)))
}

/** The larger of the losses under a fall and a rise of every mark by `stress`, from the largest `count` accounts together. */
export const stressLoss = ({ accounts }: Sample, stress: string, count: number): Decimal => {
  const under = (move: Decimal) =>
    largest(
      accounts.map((account) => lossUnder(account, move)),
      count,
    )
  return max(under(negate(min(one, decimal(stress)))), under(decimal(stress)))
}

/** What accounts owe beyond all their collateral as things are. */
export const exposure = ({ accounts }: Sample, count: number): Decimal =>
  largest(
    accounts.map(({ equity }) => max(zero, negate(equity))),
    count,
  )

/** What the positions held at a sample have lost at later prices; negative where they gained. */
export const lossSince = ({ held }: AccountSample, priceOf: (instrument: string) => Decimal | undefined): Decimal =>
  sum(
    held.map(({ instrument, exposure: quantity, mark }) =>
      multiply(quantity, subtract(mark, priceOf(instrument) ?? mark)),
    ),
  )
