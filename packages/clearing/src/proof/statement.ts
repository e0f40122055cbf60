import {
  add,
  atMost,
  ceilRatio,
  type Decimal,
  format,
  isNegative,
  isPositive,
  max,
  negate,
  subtract,
  sum,
  zero,
} from '@novation/decimal'
import { formatTime } from '@novation/events'
import { deficitOf } from '../state/deficit'
import { isSettling } from '../state/expiries'
import { healthOf, isFresh, markOf } from '../state/health'
import { heldBack } from '../state/held-back'
import { layersOf } from '../state/layers'
import type { Instrument, Pool } from '../state/pool'
import { windowNow, windowOf } from '../state/price-window'
import { endOf, namedBy } from '../state/purses'
import { type AccountStatement, accountStatement } from './account-statement'
import { type AssetStatement, assetStatement } from './asset-statement'
import { type IndexStatement, indexStatements } from './index-statement'
import { type MarketStatement, marketStatements } from './market-statement'
import { type OpenWork, openWork } from './open-work'
import { queueOf } from './queue'
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
  /** Coins that have no cap: what is lost on one at a false price is all that anybody brings in. */
  readonly uncapped: readonly string[]
  readonly instruments: readonly InstrumentStatement[]
  /** Where an index was ever set. */
  readonly indices?: readonly IndexStatement[]
  /** Where an underlying ever had a model: what its options are marked by. */
  readonly markets?: readonly MarketStatement[]
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
  /** Whose ticks are its price, and where that was, as one that follows it slowly has it. */
  readonly index?: string
  readonly slow?: string
  /** How far off that price may be, by what its sources say. */
  readonly confidence?: string
  readonly mark?: string
  /** `expired`: trading is over; `settling`: positions are closed in parts. */
  readonly state: Instrument['state'] | 'expired' | 'settling' | 'settled'
  /** A price too far from the mark to be believed at once, and since when it is held. */
  readonly held?: { readonly price: string; readonly since: string }
  /** When it expires, or has. */
  readonly expiry?: string
  /** What it is settled at. */
  readonly fixing?: string
  /** Where that is to be its index over time: from when, how much of it had a price so far, and until when it counts. */
  readonly settlesOver?: {
    readonly from: string
    readonly window_ms: number
    readonly covered_ms: number
    readonly until: string
  }
  readonly openInterest: string
  readonly longCost: string
  readonly shortCost: string
  readonly stale: boolean
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

const stateOf = (pool: Pool, instrument: Instrument): InstrumentStatement['state'] => {
  const { state, expiry, expired, settled } = instrument
  if (settled) return 'settled'
  if (isSettling(pool, instrument)) return 'settling'
  return expired || (expiry !== undefined && pool.at >= expiry) ? 'expired' : state
}

const settlesOver = (pool: Pool, instrument: Instrument): Pick<InstrumentStatement, 'settlesOver'> => {
  const window = windowNow(pool, windowOf(instrument))
  if (window === undefined) return {}
  const { from, until, window_ms, covered } = window
  return {
    settlesOver: { from: formatTime(from), window_ms, covered_ms: covered.covered_ms, until: formatTime(until) },
  }
}

const instrumentStatement = (pool: Pool, instrument: Instrument): InstrumentStatement => {
  const positions = [...instrument.holders].flatMap(({ positions: held }) => held.get(instrument.id) ?? [])
  const cost = (of: (quantity: Decimal) => boolean) =>
    format(negate(sum(positions.filter(({ quantity }) => of(quantity)).map(({ cash }) => cash))))
  return {
    instrument: instrument.id,
    ...(instrument.index === undefined ? {} : { index: instrument.index }),
    ...(instrument.price === undefined ? {} : { mark: format(instrument.price.value) }),
    ...(instrument.price?.slow === undefined ? {} : { slow: format(instrument.price.slow) }),
    ...(instrument.price?.confidence === undefined ? {} : { confidence: format(instrument.price.confidence) }),
    state: stateOf(pool, instrument),
    ...(instrument.held === undefined
      ? {}
      : { held: { price: format(instrument.held.value), since: formatTime(instrument.held.since) } }),
    ...(instrument.expiry === undefined ? {} : { expiry: formatTime(instrument.expiry) }),
    ...(instrument.fixed ? { fixing: format(markOf(instrument)) } : {}),
    ...settlesOver(pool, instrument),
    openInterest: format(instrument.openInterest),
    longCost: cost(isPositive),
    shortCost: cost(isNegative),
    stale: !instrument.settled && !instrument.fixed && !isFresh(pool, instrument),
  }
}

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
  const queue = queueOf(pool)
  const { losses } = pool
  return {
    pool: pool.name,
    revision: pool.revision,
    at: formatTime(pool.at),
    stateHash: stateHash(pool),
    identity: kindOf(pool),
    solvent: atMost(deficits, prefunded),
    assets: [...pool.assets.keys()].sort().map((asset) => assetStatement(pool, asset, judged)),
    uncapped: [...pool.assets.values()]
      .flatMap(({ id, cap }) => (cap === undefined && id !== pool.settlementAsset ? [id] : []))
      .sort(),
    instruments: [...pool.instruments.values()]
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((instrument) => instrumentStatement(pool, instrument)),
    ...indexStatements(pool),
    ...marketStatements(pool),
    accounts: judged.map((one) => accountStatement(pool, one, queue)),
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
