import {
  abs,
  add,
  type Decimal,
  integer,
  isPositive,
  isZero,
  multiply,
  subtract,
  toNumber,
  unit,
  zero,
} from '@novation/decimal'
import { Set as Names } from 'immutable'
import { type Health, healthOf, isRestored, settlementPlaces } from './health'
import { backstop } from './names'
import { type Account, collateralOf, type Instrument, type Liquidation, type Pool } from './pool'
import { type Duty, noStanding, type Standing } from './standing'
import { type Band, move, noTriggers, place, remove } from './triggers'

/** Whether the backstop has capital to bid with against this account. */
export const backstopStands = (pool: Pool, against: string): boolean => {
  const keeper = pool.accounts.get(backstop)
  return (
    keeper !== undefined &&
    keeper.id !== against &&
    keeper.liquidation === undefined &&
    pool.settlementAsset !== undefined &&
    isPositive(collateralOf(keeper, pool.settlementAsset))
  )
}

/** Equity changed sign, or all that fills have left is what they kept for the account: the auction begins anew. */
export const mustRestart = (open: Liquidation, { status, equity }: Health): boolean =>
  open.solvent === (status === 'bankrupt') ||
  (open.solvent && isPositive(open.kept) && !isPositive(subtract(equity, open.kept)))

const underLiquidation = (pool: Pool, account: Account, open: Liquidation, health: Health): readonly Duty[] => {
  const breached = health.status === 'liquidatable' || health.status === 'bankrupt'
  const flat = health.positions.length === 0
  if (flat || isRestored(open.terms.buffer, health.equity, health.maintenance)) return ['end']
  if (open.stage === 'auction') return breached && mustRestart(open, health) ? ['restart'] : []
  if (!breached) return ['end']
  return open.stage === 'backstop' && backstopStands(pool, account.id) ? ['backstop'] : ['deleverage']
}

/** What somebody must be asked to do about an account as it stands. */
const dutiesOf = (pool: Pool, account: Account, health: Health): readonly Duty[] => {
  const flat = health.positions.length === 0
  const duties: Duty[] = []
  if (account.call === undefined && health.status !== 'healthy' && !flat) duties.push('call')
  if (account.call !== undefined && health.status === 'healthy') duties.push('closeCall')
  if (account.liquidation !== undefined) duties.push(...underLiquidation(pool, account, account.liquidation, health))
  else if (health.status === 'liquidatable' || health.status === 'bankrupt') duties.push(flat ? 'owing' : 'start')
  return duties
}

/** The distance, in the settlement asset, to the nearest line that would change what is asked about the account. */
const slackOf = ({ equity, initial, maintenance, status }: Health): Decimal => {
  const lines = {
    healthy: [initial],
    restricted: [maintenance, initial],
    liquidatable: [integer(0), maintenance],
    bankrupt: [integer(0)],
  }
  const distances = lines[status].map((line) => abs(subtract(equity, line)))
  return distances.reduce((least, distance) => (toNumber(distance) < toNumber(least) ? distance : least))
}

/**
 * For each price an account depends on, a band within which, whatever the other prices do within theirs, no line is
 * crossed: equity and margin together change by at most `2 x |quantity| x multiplier` per unit of price (each marginal
 * rate is at most 1), so an equal part of the slack divided by that is safe. The last digits are given away against
 * the rounding of the margins, of accrued funding, and of the doubles themselves.
 */
const bandsOf = (pool: Pool, account: Account, health: Health): readonly (readonly [string, Band])[] => {
  const collateral = [...account.balances].flatMap(([id, amount]) => {
    const price = pool.assets.get(id)?.price
    return price === undefined || isZero(amount)
      ? []
      : [{ id, price: toNumber(price.value), slope: Math.abs(toNumber(amount)) }]
  })
  const positions = health.positions.map(({ instrument, position, mark }) => {
    const size = Math.abs(toNumber(multiply(position.quantity, instrument.multiplier)))
    return { id: instrument.id, price: toNumber(mark), slope: size * 2 + scalingSlope(instrument, size) }
  })
  const sources = [...collateral, ...positions]
  const rounding = multiply(integer(4 * (positions.length + 1)), unit(settlementPlaces(pool)))
  const slack = account.liquidation === undefined ? toNumber(subtract(slackOf(health), rounding)) : 0
  const each = (Math.max(0, slack) * (1 - 1e-9)) / Math.max(1, sources.length)
  return sources.map(({ id, price, slope }) => [id, { price, halfWidth: Math.min(price, each / (slope * (1 + 1e-9))) }])
}

/** Under open-interest scaling the initial rate itself moves with the price; the band never reaches twice the price. */
const scalingSlope = ({ margin, openInterest, multiplier, price }: Instrument, size: number): number => {
  const scaling = margin.openInterestScaling
  if (scaling === undefined || price === undefined) return 0
  const interest = toNumber(multiply(openInterest, multiplier))
  return (2 * toNumber(price.value) * size * interest) / toNumber(subtract(scaling.upper, scaling.lower))
}

const setMember = (names: Names<string>, id: string, member: boolean): Names<string> =>
  member ? names.add(id) : names.delete(id)

const placeTriggers = (
  all: Standing['triggers'],
  id: string,
  bands: ReturnType<typeof bandsOf>,
): Standing['triggers'] => {
  const watched = new Set(bands.map(([name]) => name))
  let triggers = all
  for (const [name, of] of all)
    if (of.placed.has(id) && !watched.has(name)) triggers = triggers.set(name, remove(of, id))
  for (const [name, band] of bands)
    triggers = triggers.set(name, place(triggers.get(name) ?? noTriggers(band.price), id, band))
  return triggers
}

const duties: readonly Duty[] = ['call', 'closeCall', 'start', 'end', 'restart', 'backstop', 'deleverage', 'owing']

const giveDuties = (all: Standing['duties'], id: string, due: readonly Duty[]): Standing['duties'] => {
  let so = all
  for (const duty of duties) {
    const names = setMember(so[duty], id, due.includes(duty))
    if (names !== so[duty]) so = { ...so, [duty]: names }
  }
  return so
}

/** What an account below zero lacks to its maintenance margin takes the place of what it lacked before. */
const countShortfall = (
  { bankrupt, shortfall }: Standing,
  id: string,
  { status, equity, maintenance }: Health,
): Pick<Standing, 'bankrupt' | 'shortfall'> => {
  const before = bankrupt.get(id)
  if (before === undefined && status !== 'bankrupt') return { bankrupt, shortfall }
  const others = subtract(shortfall, before ?? zero)
  if (status !== 'bankrupt') return { bankrupt: bankrupt.delete(id), shortfall: others }
  const lacking = subtract(maintenance, equity)
  return { bankrupt: bankrupt.set(id, lacking), shortfall: add(others, lacking) }
}

const judgeAccount = (pool: Pool, standing: Standing, id: string): Standing => {
  const account = pool.accounts.get(id)
  if (account === undefined) return standing
  const health = healthOf(pool, account)
  return {
    ...standing,
    ...countShortfall(standing, id, health),
    duties: giveDuties(standing.duties, id, dutiesOf(pool, account, health)),
    triggers: placeTriggers(standing.triggers, id, bandsOf(pool, account, health)),
  }
}

const priceNow = (pool: Pool, name: string): number | undefined => {
  const price = pool.instruments.get(name)?.price ?? pool.assets.get(name)?.price
  return price === undefined ? undefined : toNumber(price.value)
}

/** Brings the standing of everybody up to the present: only accounts that changed, or whose line a price may have crossed, are looked at. */
export const judge = (pool: Pool): Pool => {
  const { touched, moved, shaken } = pool.standing
  if (touched.isEmpty() && moved.isEmpty() && shaken.isEmpty()) return pool
  const ids = new Set<string>(touched)
  // Whether the backstop stands decides whose turn it is in every liquidation that is past its auction.
  if (touched.has(backstop)) for (const id of pool.liquidations.values()) ids.add(id)
  // What each account below zero lacks changes with every price.
  if (!moved.isEmpty()) for (const id of pool.standing.bankrupt.keys()) ids.add(id)
  let { triggers } = pool.standing
  for (const name of moved) {
    const price = priceNow(pool, name)
    const before = triggers.get(name)
    if (price === undefined) continue
    if (before === undefined) {
      for (const account of pool.accounts.values()) if (account.balances.has(name)) ids.add(account.id)
      continue
    }
    const after = move(before, price)
    triggers = triggers.set(name, after.triggers)
    for (const id of after.ids) ids.add(id)
  }
  for (const name of shaken) for (const id of triggers.get(name)?.placed.keys() ?? []) ids.add(id)
  const clean: Standing = { ...pool.standing, triggers, touched: Names(), moved: Names(), shaken: Names() }
  const standing = [...ids].reduce((state, id) => judgeAccount(pool, state, id), clean)
  return { ...pool, standing }
}

/** The same from nothing: every account judged at the present marks. What `judge` keeps up must equal this. */
export const judgeAll = (pool: Pool): Pool =>
  judge({ ...pool, standing: { ...noStanding, touched: Names(pool.accounts.keys()) } })
