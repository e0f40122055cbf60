import { type Account, healthOf, houseBalance, type Pool } from '@novation/clearing'
import { ceil, type Decimal, decimal, floor, format, isPositive, negate, subtract, sum, zero } from '@novation/decimal'
import type { LedgerEvent } from '@novation/events'
import type { Law } from './law'

type Layer = 'fund' | 'skin-in-the-game'

/** In hundredths: what somebody lacks, and what a layer has paid for the same default before. */
interface Debtor {
  readonly account: Account
  readonly lacks: bigint
  readonly drawn: Readonly<Record<Layer, bigint>>
}

/** What each prefunded layer pays one defaulter. */
type Cost = Readonly<Record<Layer, bigint>>

const places = 2
const hundredths = (amount: Decimal): bigint =>
  BigInt(format(ceil(amount, places)).replace(/^(-?\d+)\.?(\d*)$/, toUnits))
const toUnits = (_: string, whole: string, part: string): string => whole + part.padEnd(places, '0')
const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)
const total = (of: readonly bigint[]): bigint => of.reduce((all, each) => all + each, 0n)

/** What of a debt coins stand behind, each in whole hundredths, while they can be sold; nothing where they wait for a price. */
const lacksIn = (pool: Pool, account: Account): Decimal => {
  const { best, collateral } = healthOf(pool, account)
  if (!pool.standing.duties.owing.has(account.id) || account.positions.size > 0) return negate(best)
  const cash = account.balances.get(pool.settlementAsset ?? '') ?? zero
  const behind = sum(collateral.coins.filter(({ live }) => live).map(({ value }) => floor(value, places)))
  return waitsIn(account, pool) ? negate(best) : subtract(negate(cash), behind)
}

/** Whether no coin of its can be sold now, and the price of one is not worn out: nobody pays for it yet. */
const waitsIn = (account: Account, pool: Pool): boolean => {
  const { coins } = healthOf(pool, account).collateral
  return account.positions.size === 0 && !coins.some(({ live }) => live) && coins.some(({ wornOut }) => !wornOut)
}

const debtorsIn = (pool: Pool): readonly Debtor[] =>
  [...pool.accounts.values()].flatMap((account) => {
    const lacks = lacksIn(pool, account)
    const { fund = zero, skinInTheGame = zero } = account.inDefault?.drawn ?? {}
    return isPositive(lacks)
      ? [
          {
            account,
            lacks: hundredths(lacks),
            drawn: { fund: hundredths(fund), 'skin-in-the-game': hundredths(skinInTheGame) },
          },
        ]
      : []
  })

/** Somebody who asks a layer for something, by place among the debtors. */
interface Asking {
  readonly id: string
  readonly lacks: bigint
  readonly drawn: bigint
}

/** (T + all drawn) * (lacks + drawn) / all of that - drawn; who has had more is left out, single units go to the largest remainders. */
const sharesOf = (holds: bigint, asking: readonly Asking[]): ReadonlyMap<string, bigint> => {
  const among = asking.filter(({ lacks }) => lacks > 0n)
  const give = least(holds, total(among.map(({ lacks }) => lacks)))
  if (give <= 0n) return new Map()
  const pot = give + total(among.map(({ drawn }) => drawn))
  const all = total(among.map(({ lacks, drawn }) => lacks + drawn))
  const due = among.map((each) => ({ ...each, due: pot * (each.lacks + each.drawn) - each.drawn * all }))
  const still = due.filter((each) => each.due >= 0n)
  if (still.length < due.length) return sharesOf(holds, still)
  const whole = total(due.map((each) => each.due))
  const shares = due.map((each) => ({ ...each, share: (give * each.due) / whole, left: (give * each.due) % whole }))
  const odd = Number(give - total(shares.map(({ share }) => share)))
  const ranked = shares.toSorted((a, b) => (a.left === b.left ? (a.id < b.id ? -1 : 1) : a.left > b.left ? -1 : 1))
  return new Map(ranked.map(({ id, share }, i) => [id, i < odd ? share + 1n : share]))
}

const holdsOf = (pool: Pool, layer: Layer): bigint =>
  hundredths(houseBalance(pool, layer === 'fund' ? 'insurance' : layer, pool.settlementAsset ?? ''))

/** What the default of everybody who owes costs each layer: the operator's first tranche, the fund, the rest of the operator's. */
const costsIn = (pool: Pool): ReadonlyMap<string, Cost> => {
  const debtors = debtorsIn(pool)
  const tranche = hundredths(decimal(pool.parameters.waterfall.skinInTheGame))
  const operator = holdsOf(pool, 'skin-in-the-game')
  const ask = (layer: Layer, lacks: (of: Debtor) => bigint, before: (of: Debtor) => bigint = () => 0n) =>
    debtors.map((of) => ({ id: of.account.id, lacks: lacks(of), drawn: of.drawn[layer] + before(of) }))
  const paidOf =
    (shares: ReadonlyMap<string, bigint>) =>
    ({ account }: Debtor): bigint =>
      shares.get(account.id) ?? 0n

  const begun = (of: Debtor): bigint => least(of.lacks, tranche - of.drawn['skin-in-the-game'])
  const first = sharesOf(operator, ask('skin-in-the-game', begun))
  const fund = sharesOf(
    holdsOf(pool, 'fund'),
    ask('fund', (of) => of.lacks - paidOf(first)(of)),
  )
  const missing = (of: Debtor): bigint => of.lacks - paidOf(first)(of) - paidOf(fund)(of)
  const rest = sharesOf(operator - total([...first.values()]), ask('skin-in-the-game', missing, paidOf(first)))
  return new Map(
    debtors
      .filter(({ account }) => pool.standing.duties.owing.has(account.id) && !waitsIn(account, pool))
      .map((of) => [
        of.account.id,
        { fund: paidOf(fund)(of), 'skin-in-the-game': paidOf(first)(of) + paidOf(rest)(of) },
      ]),
  )
}

/** What is left under the tightest cap there can be: each is `size.floor` at least, less what its purse has given already. */
const leastCapIn = (pool: Pool): bigint => {
  const given = [...pool.purses.values()].map(({ drawn }) => hundredths(drawn))
  return hundredths(decimal(pool.parameters.size.floor)) - given.reduce((most, each) => (each > most ? each : most), 0n)
}

/** Whether some cap may stand between a debtor and what the layers would pay. */
const mayBeCapped = (pool: Pool): boolean => total(debtorsIn(pool).map(({ lacks }) => lacks)) > leastCapIn(pool)

type Drawn = Extract<LedgerEvent, { type: 'InsuranceDrawn' }>['data']

/** Below a cap everybody is paid what the formula says; where one may bind, none is paid more than he lacks. */
interface Costs {
  readonly byFormula: ReadonlyMap<string, Cost>
  readonly lacked: ReadonlyMap<string, bigint>
  readonly isCapped: boolean
}

const costsBefore = (pool: Pool): Costs => ({
  byFormula: costsIn(pool),
  lacked: new Map(debtorsIn(pool).map(({ account, lacks }) => [account.id, lacks])),
  isCapped: mayBeCapped(pool),
})

const tooMuch = ({ lacked }: Costs, drawn: readonly Drawn[]): string | undefined => {
  for (const [id, lacks] of lacked) {
    const paid = hundredths(sum(drawn.filter(({ defaulter }) => defaulter === id).map(({ amount }) => decimal(amount))))
    if (paid > lacks) return `the default of ${id} costs the layers ${paid} hundredths, and it lacks ${lacks}`
  }
  return undefined
}

const difference = (costs: Costs, drawn: readonly Drawn[]): string | undefined =>
  costs.isCapped ? tooMuch(costs, drawn) : differenceByFormula(costs.byFormula, drawn)

const differenceByFormula = (costs: ReadonlyMap<string, Cost>, drawn: readonly Drawn[]): string | undefined => {
  for (const [id, cost] of costs)
    for (const layer of ['fund', 'skin-in-the-game'] as const) {
      const paid = sum(
        drawn.filter((each) => each.defaulter === id && each.layer === layer).map(({ amount }) => decimal(amount)),
      )
      if (hundredths(paid) !== cost[layer])
        return `the default of ${id} costs the ${layer} ${format(paid)}, and by the formula ${cost[layer]} hundredths`
    }
  const other = drawn.find(({ defaulter }) => !costs.has(defaulter))
  return other === undefined
    ? undefined
    : `${other.layer} pays ${other.amount} for ${other.defaulter}, who owes nothing`
}

/** What one default has cost each prefunded layer is the formula worked out anew; of a loss in parts, in the end. */
export const costsByTheFormula = (): Law => {
  let open: { readonly costs: Costs; readonly drawn: Drawn[] } | undefined
  return ({ before, events }) => {
    const drawn = events.flatMap((event) =>
      event.type === 'InsuranceDrawn' && event.data.purpose !== 'auction' ? [event.data] : [],
    )
    const [first] = events
    const command = first?.metadata.command
    if (command?.type === 'CoverLoss') {
      const costs = costsBefore(before)
      if (first?.type !== 'BulkStarted') return difference(costs, drawn)
      open = { costs, drawn: [] }
      return undefined
    }
    open?.drawn.push(...drawn)
    const ended = events.find((event) => event.type === 'BulkEnded')
    if (open === undefined || ended === undefined) return undefined
    const wrong = difference(open.costs, open.drawn)
    open = undefined
    return wrong
  }
}
