import { type Either, left, right } from 'fp-ts/Either'
import type { EventType } from './event-data'

type Data = Readonly<Record<string, unknown>>

/** For an event type, what turns the data of version n (from 1) into that of version n + 1: the nth function. */
export type Upcasters = Readonly<Partial<Record<EventType, readonly ((data: Data) => Data)[]>>>

/** Parameters that a version did not know: what it never said is what holds by default. */
const parameters =
  (unknown: Data) =>
  (data: Data): Data => ({ ...data, parameters: { ...unknown, ...(data.parameters as Data | undefined) } })

/** The fund was capped for each default. */
const withoutCap = (set: Data): Data => {
  if (set.waterfall === undefined) return set
  const { insuranceCap, ...waterfall } = set.waterfall as Data
  return { ...set, waterfall }
}

const caps = { ownerShare: '0.25', instrumentShare: '2', coinShare: '0.25', window_s: 2_592_000, recourse: true }

/** What the layers bear of one owner, instrument or coin was not bounded, nor did owners pay for themselves. */
const withCaps = (set: Data): Data => ({ ...set, waterfall: { ...(set.waterfall as Data), ...caps } })

/** In the first edition counterparties gave, or received, what was asked of them, and stood in no class. */
const withoutClass = ({ asked, given, ...data }: Data): Data => ({
  ...data,
  class: 0,
  rank: 0,
  share: typeof given === 'string' && given.startsWith('-') ? given.slice(1) : '0',
  realised: '0',
  counterpartyRealised: '0',
})

/** In the first edition the fund promised whoever takes risk nothing, and paid for the hole instead. */
const withoutPremium = ({ terms, ...data }: Data): Data => ({ ...data, terms: { premium: '0', ...(terms as Data) } })

/** What a fill left the account was an amount then, and the keeper's tip was paid with each. */
const withoutShare = ({ kept: _, ...data }: Data): Data => ({ ...data, tipLeft: '0', keptShare: '0' })

/** The turn of the backstop passed by time too: the auction of the same liquidation was over then. */
const withoutBackstop = ({ due, ...data }: Data): Data => ({
  ...data,
  due: (due as readonly Data[]).map(({ what, ...item }) => ({ what: what === 'backstop' ? 'auction' : what, ...item })),
})

/** How long the backstop had to bid, in terms of an auction that may say so. */
const withoutTurn = ({ liquidation, ...data }: Data): Data => {
  if (liquidation === undefined) return data
  const { auction, ...terms } = liquidation as Data
  if (auction === undefined) return { ...data, liquidation: terms }
  const { backstopSeconds: _, ...rest } = auction as Data
  return { ...data, liquidation: { ...terms, auction: rest } }
}

/** What was promised by default to whoever takes risk. */
const liquidationPremium = ({ parameters: all, ...data }: Data): Data => {
  const { liquidation, ...rest } = all as Data
  return { ...data, parameters: { ...rest, liquidation: { premium: '0.1', ...(liquidation as Data) } } }
}

/** What has changed since the first version of each schema. */
export const upcasters: Upcasters = {
  Deleveraged: [withoutClass],
  Liquidated: [withoutShare],
  LiquidationStarted: [withoutPremium],
  InstrumentListed: [(data) => ({ gap: '0.3', ...data })],
  PoolParametersSet: [
    parameters({ wear_s: 1200, reduceBand: '0.01' }),
    parameters({ maturity_s: 43200, size: { share: '0.1', floor: '5000' } }),
    (data) => ({ ...data, parameters: withoutCap(data.parameters as Data) }),
    (data) => ({ ...data, parameters: withCaps(data.parameters as Data) }),
    parameters({ tradeBand: '0.05', settlementBand: '0.05', funding: { cap: '0.005', interval_s: 3600 } }),
    liquidationPremium,
    parameters({ dead_s: 604_800, notice_s: 86_400 }),
    parameters({ deviation: '0.05', confirm_ms: 3000 }),
  ],
  TimePassed: [withoutBackstop],
}

/** What was asked in the words of an older edition, in today's: what no rule knows any more is not asked for. */
export const commandOfToday = <C extends { readonly type: string; readonly data: object }>(command: C): C =>
  command.type === 'SetPoolParameters'
    ? { ...command, data: withoutTurn(withoutCap(command.data as Data)) }
    : command.type === 'ListInstrument'
      ? { ...command, data: withoutTurn(command.data as Data) }
      : command

/** The version a type is written in now. */
export const currentVersion = (type: EventType, casts: Upcasters = upcasters): number => (casts[type]?.length ?? 0) + 1

/**
 * Old data brought up to today's schema, one version after another. A version from the future is refused: it would be
 * half understood. So is data that a step cannot read, since it has not been checked before.
 */
export const upcast = (casts: Upcasters, type: EventType, version: number, data: Data): Either<string, Data> => {
  const steps = casts[type] ?? []
  if (version < 1 || version > steps.length + 1)
    return left(`schema version ${version}, but this program knows 1 to ${steps.length + 1}`)
  try {
    return right(steps.slice(version - 1).reduce((older, step) => step(older), data))
  } catch {
    return left(`data of schema version ${version} that cannot be brought up to version ${steps.length + 1}`)
  }
}
