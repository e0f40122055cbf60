import { type LedgerEvent, parseTime } from '@novation/events'
import fc from 'fast-check'
import { processBulk, process as submit } from '../ledger/process'
import { openSnapshot, takeSnapshot } from '../proof/snapshot'
import { stateHash } from '../proof/state-hash'
import { evolve } from '../state/evolve'
import { emptyPool } from '../state/pool'
import { plan } from './arbitraries'
import { newHouse } from './house'
import { lawful, leftUndone } from './lawful'
import { play } from './play'

/** How many random worlds: a few in every run, thousands when somebody asks. */
const runs = { numRuns: Number(process.env.NOVATION_LAW_RUNS ?? 40) }

/** Every recorded command decided again, at the time it was decided at. */
const decidedAgain = (history: readonly LedgerEvent[]): readonly string[] => {
  let pool = emptyPool('main')
  const ids: string[] = []
  for (const { metadata, at } of history) {
    if (metadata.command === undefined) continue
    const again = submit(pool, metadata.command, parseTime(at))
    if (again.tag !== 'decided') throw new Error(`${metadata.commandId} was decided once and is ${again.tag} now`)
    for (let part: typeof again | undefined = again; part !== undefined; part = processBulk(pool)) {
      ids.push(...part.events.map(({ id }) => id))
      pool = part.pool
    }
  }
  return ids
}

describe('in every random world', () => {
  it('each append keeps every law, and nothing that could be done is left undone', () => {
    const lawfully = fc.property(plan, (world) => {
      const house = play(newHouse(), world, ({ pool }) => expect(leftUndone(pool)).toBeUndefined())
      lawful(house.events)
    })
    fc.assert(lawfully, runs)
  })

  it('history read again, from the start or from any snapshot, ends in the same state', () => {
    const replayed = fc.property(plan, fc.double({ min: 0, max: 1, noNaN: true }), (world, part) => {
      const { pool, events } = play(newHouse(), world)
      const at = Math.floor(events.length * part)
      const middle = events.slice(0, at).reduce(evolve, emptyPool('main'))
      const opened = openSnapshot(takeSnapshot(middle))
      expect(opened._tag).toBe('Right')
      if (opened._tag === 'Right')
        expect(stateHash(events.slice(at).reduce(evolve, opened.right))).toBe(stateHash(pool))
      expect(stateHash(events.slice(at).reduce(evolve, middle))).toBe(stateHash(pool))
    })
    fc.assert(replayed, { numRuns: Math.ceil(runs.numRuns / 4) })
  })

  it('every recorded command, decided again at its recorded time, makes the same events', () => {
    const decided = fc.property(plan, (world) => {
      const { events } = play(newHouse(), world)
      expect(decidedAgain(events)).toEqual(events.map(({ id }) => id))
    })
    fc.assert(decided, { numRuns: Math.ceil(runs.numRuns / 4) })
  })
})
