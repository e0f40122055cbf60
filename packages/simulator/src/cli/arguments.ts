import { type Either, left, right } from 'fp-ts/Either'
import { type Fault, faultNames } from '../engine/weather'

export interface Arguments {
  readonly seeds: number
  readonly from: number
  readonly faults?: readonly Fault[]
  readonly keep?: ReadonlySet<number>
  readonly bug?: string
  /** Prints after how many seeds each planted bug is caught, instead. */
  readonly bugs: boolean
  readonly trace: boolean
}

export const usage = `usage: npm run simulate -- [--seeds=N] [--from=S] [--fault=NAME[,NAME...]] [--trace]
       npm run simulate -- --bug=NAME | --bugs
faults: ${faultNames.join(', ')}`

const isFault = (name: string): name is Fault => (faultNames as readonly string[]).includes(name)

const counted = (text: string | undefined, otherwise: number): number | undefined => {
  if (text === undefined) return otherwise
  return /^\d{1,12}$/.test(text) ? Number(text) : undefined
}

/** Reads the command line; says what is wrong with it. */
export const readArguments = (args: readonly string[]): Either<string, Arguments> => {
  const given = new Map<string, string>()
  for (const arg of args) {
    const [, name = '', value = ''] = /^--(seeds|from|fault|keep|bug|bugs|trace)(?:=(.*))?$/.exec(arg) ?? []
    if (name === '') return left(`what is ${arg}?`)
    given.set(name, value)
  }
  const seeds = counted(given.get('seeds'), 100)
  const from = counted(given.get('from'), 1)
  if (seeds === undefined || from === undefined) return left('--seeds and --from take a whole number')
  const names = given
    .get('fault')
    ?.split(',')
    .filter((name) => name !== '')
  const unknown = names?.find((name) => !isFault(name))
  if (unknown !== undefined) return left(`there is no fault ${unknown}`)
  const keep = given.get('keep')
  const bug = given.get('bug')
  return right({
    seeds,
    from,
    bugs: given.has('bugs'),
    trace: given.has('trace'),
    ...(names === undefined ? {} : { faults: names.filter(isFault) }),
    ...(keep === undefined
      ? {}
      : {
          keep: new Set(
            keep
              .split(',')
              .filter((n) => n !== '')
              .map(Number),
          ),
        }),
    ...(bug === undefined ? {} : { bug }),
  })
}
