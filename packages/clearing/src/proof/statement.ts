import {
  add,
  atMost,
  ceilRatio,
  type Decimal,
  equals,
  format,
  isNegative,
  isPositive,
  max,
  negate,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import { type Consent, formatTime } from '@novation/events'
import { consentOf } from '../state/consent'
import { deficitOf } from '../state/deficit'
import { healthOf, isFresh, markOf } from '../state/health'
import { heldBack } from '../state/held-back'
import { layersOf } from '../state/layers'
import type { Account, Health, Instrument, Pool, Status } from '../state/pool'
import { maturingOf, profitOf } from '../state/profit'
import { endOf, namedBy } from '../state/purses'
import { principalOf } from '../state/worth'
import { type AssetStatement, assetStatement, type Judged } from './asset-statement'
import { type OpenWork, openWork } from './open-work'
import { stateHash } from './state-hash'

/** The state at one revision, in public words (contract, "Solvency statement"). Every amount is an exact decimal string. */
export interface Statement {
  readonly pool: string
  readonly revision: number
  readonly at: string
  readonly stateHash: string
  /** Whether its commands are taken at their word, or signed; `development`: by keys that anybody can make. */
  readonly identity: 'open' | 'development' | 'signed'
  readonly solvent: boolean
  readonly assets: readonly AssetStatement[]
  readonly instruments: readonly InstrumentStatement[]
  readonly accounts: readonly AccountStatement[]
  readonly losses: {
    readonly insurance: string
    readonly skinInTheGame: string
    readonly socialized: string
    readonly uncovered: string
  }
  /** What has been drawn under which cap, where its window is not over. */
  readonly purses: readonly PurseStatement[]
  readonly frozen: boolean
  /** Of a frozen pool: the part of every claim that it holds back, rounded up. */
  readonly heldBack?: string
  readonly inProgress: readonly InProgress[]
  readonly open: readonly OpenWork[]
}

/** Work that is done in part at this revision: of a command, events; of a bulk, accounts. */
export interface InProgress {
  readonly what: string
  readonly id: string
  readonly done: number
  readonly total: number
}

export interface InstrumentStatement {
  readonly instrument: string
  readonly mark?: string
  /** `expired`: trading is over; `settling`: positions are closed in parts. */
  readonly state: Instrument['state'] | 'expired' | 'settling' | 'settled'
  /** A price too far from the mark to be believed at once, and since when it is held. */
  readonly held?: { readonly price: string; readonly since: string }
  /** When it expires, or has. */
  readonly expiry?: string
  /** What it is settled at. */
  readonly fixing?: string
  readonly openInterest: string
  readonly longCost: string
  readonly shortCost: string
  readonly stale: boolean
}

export interface AccountStatement {
  readonly account: string
  readonly status: Status
  /** What its owner must have signed, where that is anything. */
  readonly consent?: Consent
  readonly collateral: Readonly<Record<string, string>>
  readonly positions: readonly {
    readonly instrument: string
    readonly quantity: string
    readonly cost: string
    readonly unrealizedPnl: string
    readonly accruedFunding: string
  }[]
  readonly principal: string
  /** What another's default may reach: made, but not stood yet. */
  readonly profit: string
  /** When what was made in which cycle has stood, by what that is; nothing where nothing is fresh. */
  readonly maturing: readonly { readonly at: string; readonly amount: string }[]
  /** At market, at the last prices. */
  readonly equity: string
  /** Where a price is not fresh: what the account is worth at the worst that may have happened unseen, and at the best. */
  readonly worst?: string
  readonly best?: string
  /** What new risk needs at the worst: that of positions, and what is required for other collateral. */
  readonly initialMargin: string
  /** What the account is liquidated below at the best. */
  readonly maintenanceMargin: string
}

const kindOf = ({ identity }: Pool): Statement['identity'] => {
  if (identity === undefined) return 'open'
  return identity.development ? 'development' : 'signed'
}

/** What the prefunded layers bear at most of one owner, instrument or coin in a window, and what of it they have paid. */
export interface PurseStatement {
  readonly what: 'owner' | 'instrument' | 'coin'
  readonly id: string
  readonly cap: string
  readonly drawn: string
  /** From then on the cap is fixed anew. */
  readonly until: string
}

/** As finely as a share is shown. */
const sharePlaces = 6

const stateOf = (
  { at, bulk }: Pool,
  { id, state, expiry, expired, settled }: Instrument,
): InstrumentStatement['state'] => {
  if (settled) return 'settled'
  if (bulk?.instrument === id) return 'settling'
  return expired || (expiry !== undefined && at >= expiry) ? 'expired' : state
}

const instrumentStatement = (pool: Pool, instrument: Instrument): InstrumentStatement => {
  const positions = [...instrument.holders].flatMap(({ positions: held }) => held.get(instrument.id) ?? [])
  const cost = (of: (quantity: Decimal) => boolean) =>
    format(negate(sum(positions.filter(({ quantity }) => of(quantity)).map(({ cash }) => cash))))
  return {
    instrument: instrument.id,
    ...(instrument.price === undefined ? {} : { mark: format(instrument.price.value) }),
    state: stateOf(pool, instrument),
    ...(instrument.held === undefined
      ? {}
      : { held: { price: format(instrument.held.value), since: formatTime(instrument.held.since) } }),
    ...(instrument.expiry === undefined ? {} : { expiry: formatTime(instrument.expiry) }),
    ...(instrument.fixed ? { fixing: format(markOf(instrument)) } : {}),
    openInterest: format(instrument.openInterest),
    longCost: cost(isPositive),
    shortCost: cost(isNegative),
    stale: !instrument.settled && !instrument.fixed && !isFresh(pool, instrument),
  }
}

/** Whether the account is worth just what it is at the last prices. */
const isSure = ({ equity, worst, best }: Health): boolean => equals(worst, equity) && equals(best, equity)

const consenting = (pool: Pool, account: Account): Pick<AccountStatement, 'consent'> => {
  const consent = consentOf(account, pool.at)
  return consent === 'venue' ? {} : { consent }
}

/** One account of a statement. */
export const accountStatement = (pool: Pool, { account, health }: Judged): AccountStatement => ({
  account: account.id,
  status: health.status,
  ...consenting(pool, account),
  collateral: Object.fromEntries(
    [...account.balances].sort(([a], [b]) => (a < b ? -1 : 1)).map(([asset, amount]) => [asset, format(amount)]),
  ),
  positions: health.positions.map(({ instrument, quantity, cash, unrealised, accrued }) => ({
    instrument: instrument.id,
    quantity: format(quantity),
    cost: format(negate(cash)),
    unrealizedPnl: format(unrealised),
    accruedFunding: format(accrued),
  })),
  principal: format(principalOf(pool, account)),
  profit: format(profitOf(pool, account)),
  maturing: maturingOf(pool, account).map(({ at, amount }) => ({ at: formatTime(at), amount: format(amount) })),
  equity: format(health.equity),
  ...(isSure(health) ? {} : { worst: format(health.worst), best: format(health.best) }),
  initialMargin: format(health.initial),
  maintenanceMargin: format(health.maintenance),
})

const inProgress = ({ bulk }: Pool, halfway: HalfWay | undefined): readonly InProgress[] => [
  ...(halfway === undefined ? [] : [{ what: 'command', ...halfway }]),
  ...(bulk === undefined
    ? []
    : [{ what: bulk.what, id: bulk.id, done: bulk.entries - bulk.remaining.length, total: bulk.entries }]),
]

const pursesOf = (pool: Pool): readonly PurseStatement[] =>
  [...pool.purses]
    .filter(([, purse]) => pool.at < endOf(pool, purse))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, purse]) => ({
      ...namedBy(name),
      cap: format(purse.cap),
      drawn: format(purse.drawn),
      until: formatTime(endOf(pool, purse)),
    }))

/** The command whose events the revision stands between, by its id. */
export type HalfWay = Omit<InProgress, 'what'>

/** The solvency statement of a judged pool; `halfway` where its revision is not the last of a command. */
export const statementOf = (pool: Pool, halfway?: HalfWay): Statement => {
  const judged = [...pool.accounts.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((account) => ({ account, health: healthOf(pool, account) }))
  const layers = layersOf(pool)
  const deficits = sum(judged.map(({ health }) => deficitOf(health)))
  const prefunded = add(layers.fund, layers.skinInTheGame)
  const { losses } = pool
  return {
    pool: pool.name,
    revision: pool.revision,
    at: formatTime(pool.at),
    stateHash: stateHash(pool),
    identity: kindOf(pool),
    solvent: atMost(deficits, prefunded),
    assets: [...pool.assets.keys()].sort().map((asset) => assetStatement(pool, asset, judged)),
    instruments: [...pool.instruments.values()]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((instrument) => instrumentStatement(pool, instrument)),
    accounts: judged.map((one) => accountStatement(pool, one)),
    losses: {
      insurance: format(losses.insurance),
      skinInTheGame: format(losses.skinInTheGame),
      socialized: format(losses.socialized),
      uncovered: format(max(zero, subtract(deficits, prefunded))),
    },
    purses: pursesOf(pool),
    frozen: pool.frozen,
    ...(pool.frozen ? { heldBack: format(ceilRatio(heldBack(pool), sharePlaces)) } : {}),
    inProgress: inProgress(pool, halfway),
    open: openWork(pool),
  }
}
