import { formatTime } from '@novation/events'
import { alike } from '@novation/risk/kit'
import { open, parameters, type Step, type Wish } from '../kit'
import {
  asAnna,
  atTime,
  carried,
  observation,
  observed,
  quote,
  report,
  said,
  setIndex,
  withSources,
} from '../kit/oracle'
import { begin, emptyWorld, take } from '../kit/world'
import { turnedAwayAt } from '../ledger/process'
import { stateHash } from '../proof/state-hash'

const seven = ['s1', 's2', 's3', 's4', 's5', 's6', 's7']
const all = (price: string): Step => said('ETH/USD', ...seven.map(() => price))
const of = (price: string, at = begin) =>
  quote({ source: 's1', base: 'ETH', currency: 'USD', at: formatTime(at), price })
const latency = (at: number) =>
  observation({ source: 's1', base: 'ETH', currency: 'USD', at: formatTime(at), kind: 'latency', ms: 3 })

const begun: readonly (Step | Wish)[] = [
  withSources(...seven),
  asAnna(setIndex({ index: 'ETH-USD', quorum: 5, sources: alike(7) })),
  all('200'),
  observed(latency(begin)),
  atTime(begin + 1000),
]

describe('whether a command would be turned away', () => {
  const cases: readonly (readonly [string, Step | Wish, 'turned away' | 'decided'])[] = [
    ['one that is accepted', asAnna(open('kate')), 'decided'],
    ['one that is rejected', asAnna(parameters({ deviation: '-1' })), 'decided'],
    ['one that nobody has signed', open('kate'), 'turned away'],
    ['quotes of which none is new', carried(of('200')), 'turned away'],
    ['no quotes at all', carried(), 'turned away'],
    ['quotes of which one is new', carried(of('200'), of('201', begin + 500)), 'decided'],
    ['a second truth', carried(of('201')), 'decided'],
    ['more quotes than come at once', carried(...Array.from({ length: 65 }, () => of('200'))), 'decided'],
    ['an observation that is known', observed(latency(begin)), 'turned away'],
    ['one that is new', observed(latency(begin + 1)), 'decided'],
    ['more observations than come at once', observed(...Array.from({ length: 65 }, () => latency(begin))), 'decided'],
    ['a report that shows nothing', asAnna(report(of('200'), of('200'))), 'decided'],
  ]

  it.each(cases)('is said of %s as it then comes to pass, and nothing happens', (_, step, what) => {
    const world = begun.reduce(take, emptyWorld)
    const { command, processed } = take(world, step).sent.at(-1) ?? {}
    if (command === undefined) throw new Error('nothing was sent')
    const { pool } = begun.reduce(take, emptyWorld)
    const before = stateHash(pool)
    const turned = turnedAwayAt(pool, command, world.clock)
    expect(stateHash(pool)).toBe(before)
    expect(turned === undefined ? 'decided' : 'turned away').toBe(what)
    expect(turned).toEqual(processed?.tag === 'decided' ? undefined : processed)
  })

  it('is said of one that was answered, with its answer', () => {
    const world = take(begun.reduce(take, emptyWorld), asAnna(open('kate')))
    const { command } = world.sent.at(-1) ?? {}
    expect(command && turnedAwayAt(world.pool, command, world.clock)).toMatchObject({ tag: 'repeated' })
  })
})
