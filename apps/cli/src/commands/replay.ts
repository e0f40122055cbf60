import { readFileSync } from 'node:fs'
import { BadOverrides, type Overrides, type Place, readOverrides, type WhatIf, whatIf } from '@novation/audit'
import { streamOf } from '@novation/events'
import type { EventStore } from '@novation/platform'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { interrupted } from '../interrupted'
import { whichLedger, whileReading } from '../ledger/reading'
import { progress } from '../report/progress'
import { describeWhatIf } from '../report/what-if'
import { serviceReactors } from '../run/reactors'
import { defaulted, required } from '../settings/flag'
import { maxSettle, output } from '../settings/shared'
import { PathText, PlaceText } from '../settings/texts'
import { subcommand } from '../subcommand'
import type { World } from '../world'

const badParameters = (file: string, why: string): Failure =>
  new Failure({
    id: 'bad-parameters',
    exit: exitCodes.usage,
    what: `the parameters in ${file} cannot be used`,
    why,
    remedy:
      'write them as {"pool":{…},"instruments":{"BTC-PERP":{"margin":{…}}}}, each field as in SetPoolParameters and ListInstrument',
  })

const overridesIn = (file: string): Overrides => {
  let json: unknown
  try {
    json = JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    throw badParameters(file, error instanceof Error ? error.message : String(error))
  }
  const read = readOverrides(json)
  if (read._tag === 'Left') throw badParameters(file, read.left.join('; '))
  return read.right
}

interface Settings {
  readonly parameters: string
  readonly from: Place
  readonly to: Place
  readonly maxSettle: number
}

const nothingThere = new Failure({
  id: 'no-events',
  exit: exitCodes.failed,
  what: 'there is no event between these positions',
  remedy: 'ask for an earlier --from or a later --to',
})

const tried = async (
  settings: Settings,
  overrides: Overrides,
  store: EventStore,
  pool: string,
  world: World,
): Promise<WhatIf | undefined> => {
  const total = ((await store.last(streamOf(pool)))?.revision ?? -1) + 1
  const shown = progress(world, 'replay', 'events', total)
  try {
    return await whatIf(store.read(streamOf(pool), 0), {
      pool,
      overrides,
      from: settings.from,
      to: settings.to,
      reactors: serviceReactors,
      maxSettle: settings.maxSettle,
      signal: world.interrupted,
      onProgress: ({ done, revision }) => void shown.update(done, `revision ${revision}`),
    })
  } catch (error) {
    if (error instanceof BadOverrides) throw badParameters(settings.parameters, error.message)
    if (error instanceof RangeError && /^there is no event/.test(error.message)) throw nothingThere
    throw error
  } finally {
    await shown.finish()
  }
}

export const replay = subcommand({
  name: 'replay',
  summary:
    'What if the parameters had been others: who would have been called or liquidated, and what each layer had paid.',
  operands: [],
  flags: {
    ...whichLedger,
    parameters: required('FILE', PathText, 'the new parameters, as JSON with pool and instruments'),
    from: defaulted('POSITION', PlaceText, 'start', 'history stands as recorded up to here'),
    to: defaulted('POSITION', PlaceText, 'end', 'the last event, itself included'),
    maxSettle,
    output,
  },
  examples: [
    'novation replay --ledger=.novation --parameters=stricter.json',
    'novation replay --ledger=.novation --parameters=stricter.json --from=@2020-03-12T10:00:00Z --output=json',
  ],
  run: async (settings, _, world) => {
    const overrides = overridesIn(settings.parameters)
    const found = await whileReading(settings, world, (store, pool) => tried(settings, overrides, store, pool, world))
    if (found === undefined)
      return interrupted(world, 'nothing was written; start it again, with an earlier --to if it takes too long')
    await world.out.write(settings.output === 'json' ? `${JSON.stringify(found)}\n` : describeWhatIf(found))
    return exitCodes.ok
  },
})
