import { mergeChange } from '@novation/clearing'
import {
  type Command,
  type CommandData,
  type LedgerEvent,
  LiquidationChange,
  MarginTerms,
  PoolParametersChange,
} from '@novation/events'
import { type Either, left, right } from 'fp-ts/Either'
import type * as t from 'io-ts'
import { PathReporter } from 'io-ts/PathReporter'

/** What an instrument is given in place of what was recorded. */
export interface InstrumentChange {
  readonly margin?: MarginTerms
  readonly liquidation?: LiquidationChange
}

/** The parameters of a what-if: laid over every recorded one. */
export interface Overrides {
  readonly pool: PoolParametersChange
  readonly instruments: Readonly<Record<string, InstrumentChange>>
}

const isRecord = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json)

const unknownFields = (json: Readonly<Record<string, unknown>>, known: readonly string[], where: string) =>
  Object.keys(json)
    .filter((key) => !known.includes(key))
    .map((key) => `${where}${key}: unknown field; there is ${known.join(', ')}`)

const problemsOf = (codec: t.Decoder<unknown, unknown>, json: unknown, where: string): readonly string[] => {
  const decoded = codec.decode(json)
  return decoded._tag === 'Right'
    ? []
    : PathReporter.report(decoded)
        .slice(0, 3)
        .map((problem) => `${where}: ${problem}`)
}

const instrumentProblems = (name: string, json: unknown): readonly string[] => {
  const where = `instruments.${name}`
  if (!isRecord(json)) return [`${where}: expected an object`]
  return [
    ...unknownFields(json, ['margin', 'liquidation'], `${where}.`),
    ...(json.margin === undefined ? [] : problemsOf(MarginTerms, json.margin, `${where}.margin`)),
    ...(json.liquidation === undefined ? [] : problemsOf(LiquidationChange, json.liquidation, `${where}.liquidation`)),
  ]
}

/** Reads `{"pool":{…},"instruments":{"BTC-PERP":{"margin":{…}}}}`, or says everything that is wrong with it. */
export const readOverrides = (json: unknown): Either<readonly string[], Overrides> => {
  if (!isRecord(json)) return left(['expected an object with pool, instruments or both'])
  const { pool = {}, instruments = {} } = json
  if (!isRecord(instruments)) return left(['instruments: expected an object of instruments by name'])
  const problems = [
    ...unknownFields(json, ['pool', 'instruments'], ''),
    ...problemsOf(PoolParametersChange, pool, 'pool'),
    ...Object.entries(instruments).flatMap(([name, change]) => instrumentProblems(name, change)),
  ]
  return problems.length > 0
    ? left(problems)
    : right({ pool: pool as PoolParametersChange, instruments: instruments as Overrides['instruments'] })
}

const mergePool = (below: PoolParametersChange, above: PoolParametersChange): PoolParametersChange => ({
  ...below,
  ...above,
  ...(below.liquidation === undefined && above.liquidation === undefined
    ? {}
    : { liquidation: mergeChange(below.liquidation, above.liquidation) }),
  ...(below.waterfall === undefined && above.waterfall === undefined
    ? {}
    : { waterfall: { ...below.waterfall, ...above.waterfall } }),
})

interface Terms {
  readonly margin?: MarginTerms
  readonly liquidation?: LiquidationChange
}

const mergeTerms = <T extends Terms>(terms: T, { margin, liquidation }: InstrumentChange): T => ({
  ...terms,
  ...(margin === undefined ? {} : { margin }),
  ...(liquidation === undefined ? {} : { liquidation: mergeChange(terms.liquidation, liquidation) }),
})

/** A recorded command as it would have been asked under the overrides. */
export const overrideCommand = (command: Command, { pool, instruments }: Overrides): Command => {
  if (command.type === 'SetPoolParameters') return { ...command, data: mergePool(command.data, pool) }
  if (command.type !== 'ListInstrument' && command.type !== 'SetInstrumentParameters') return command
  const change = instruments[command.data.instrument]
  if (change === undefined) return command
  return command.type === 'ListInstrument'
    ? { ...command, data: mergeTerms<CommandData<'ListInstrument'>>(command.data, change) }
    : { ...command, data: mergeTerms<CommandData<'SetInstrumentParameters'>>(command.data, change) }
}

/** A recorded listing, or a change of terms, from before a what-if begins, with the terms that hold from its beginning. */
export const overrideEvent = (event: LedgerEvent, { instruments }: Overrides): LedgerEvent => {
  if (event.type !== 'InstrumentListed' && event.type !== 'InstrumentParametersSet') return event
  const change = instruments[event.data.instrument]
  if (change === undefined) return event
  return event.type === 'InstrumentListed'
    ? { ...event, data: mergeTerms(event.data, change) }
    : { ...event, data: mergeTerms(event.data, change) }
}
