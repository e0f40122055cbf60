import { type Either, left, right } from 'fp-ts/Either'
import { type Fault, faultNames } from '../engine/weather'
import { type Trait, traitNames } from '../load/traits'
import { suiteWorlds } from '../reach'

export interface Arguments {
  readonly seeds: number
  readonly from: number
  readonly faults?: readonly Fault[]
  readonly traits?: readonly Trait[]
  readonly keep?: ReadonlySet<number>
  readonly bug?: string
  /** Prints after how many seeds each planted bug is caught, instead. */
  readonly bugs: boolean
  readonly trace: boolean
  /** Goes on after a world that fails, which is told in a line. */
  readonly all: boolean
  /** Tells what the worlds came to, in the end. */
  readonly reached: boolean
}

export const usage = `usage: npm run simulate -- [--seeds=N] [--from=S] [--fault=NAME[,NAME...]] [--trait=NAME[,NAME...]] [--trace] [--all] [--reached]
       npm run simulate -- --bug=NAME | --bugs
faults: ${faultNames.join(', ')}
traits: ${traitNames.join(', ')}`

const isOneOf =
  <A extends string>(names: readonly A[]) =>
  (name: string): name is A =>
    (names as readonly string[]).includes(name)

const listed = (text: string | undefined): readonly string[] | undefined =>
  text?.split(',').filter((name) => name !== '')

const counted = (text: string | undefined, otherwise: number): number | undefined => {
  if (text === undefined) return otherwise
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined
}

/** Reads the command line; says what is wrong with it. */
export const readArguments = (args: readonly string[]): Either<string, Arguments> => {
  const given = new Map<string, string>()
  for (const arg of args) {
    const [, name = '', value = ''] =
      /^--(seeds|from|fault|trait|keep|bug|bugs|trace|all|reached)(?:=(.*))?$/.exec(arg) ?? []
    if (name === '') return left(`what is ${arg}?`)
    given.set(name, value)
  }
  const seeds = counted(given.get('seeds'), 100)
  const from = counted(given.get('from'), given.has('bug') ? 1 : suiteWorlds + 1)
  if (seeds === undefined || from === undefined) return left('--seeds and --from take a whole number')
  const faults = listed(given.get('fault'))
  const traits = listed(given.get('trait'))
  const unknown = [
    ...(faults ?? []).filter((name) => !isOneOf(faultNames)(name)).map((name) => `fault ${name}`),
    ...(traits ?? []).filter((name) => !isOneOf(traitNames)(name)).map((name) => `trait ${name}`),
  ][0]
  if (unknown !== undefined) return left(`there is no ${unknown}`)
  const keep = listed(given.get('keep'))
  const bug = given.get('bug')
  return right({
    seeds,
    from,
    bugs: given.has('bugs'),
    trace: given.has('trace'),
    all: given.has('all'),
    reached: given.has('reached'),
    ...(faults === undefined ? {} : { faults: faults.filter(isOneOf(faultNames)) }),
    ...(traits === undefined ? {} : { traits: traits.filter(isOneOf(traitNames)) }),
    ...(keep === undefined ? {} : { keep: new Set(keep.map(Number)) }),
    ...(bug === undefined ? {} : { bug }),
  })
}
