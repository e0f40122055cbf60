import { eventIdOf, genesis, linkHash, type Stored } from '@novation/events'
import { crash, runLines, storedOf } from '../test-world'
import { chainStart, linksOf } from './chain'
import { checkNames } from './checks'
import { startCourse } from './course'

const ledger = storedOf(runLines(crash))
const event = (revision: number): Stored => ledger[revision] as Stored
const due = (next: number) => ({ next, head: event(next - 1).hash })
const reasons = (found: Stored, next = 6, pool = 'main') =>
  linksOf(pool)(due(next), found).map(({ check, revision, reason }) => `${check}@${revision}: ${reason}`)
const short = (hash: string): string => `${hash.slice(0, 12)}…`

describe('one event against the chain', () => {
  it('is sound where it follows', () => {
    let link = chainStart
    for (const each of ledger) {
      expect(linksOf('main')(link, each)).toEqual([])
      link = { next: each.revision + 1, head: each.hash }
    }
    expect(chainStart).toEqual({ next: 0, head: genesis })
  })

  it.each([
    [7, 6, 'revision 6 is missing; 7 was found'],
    [8, 6, 'revision 6 to 7 are missing; 8 was found'],
    [5, 6, 'revision 5 stands twice; 6 was due'],
    [3, 6, 'revision 3 was found, 6 was due'],
  ])('says of revision %i where %i was due: %3$s', (found, next, reason) => {
    expect(reasons(event(found), next)[0]).toBe(`order@${next}: ${reason}`)
  })

  it('says what the store says beside it and what it says itself', () => {
    const stored = 'stored as event 6 (CollateralDeposited) of'
    const said = 'but its body says 6 (CollateralDeposited) of main'
    expect(reasons({ ...event(6), type: 'PriceTick' })).toEqual([
      `columns@6: stored as event 6 (PriceTick) of main, ${said}`,
    ])
    expect(reasons(event(6), 6, 'other')).toEqual([`columns@6: ${stored} other, ${said}`])
    for (const body of ['null', '7', '"text"', '{"half', '{}'])
      expect(reasons({ ...event(6), body })[0]).toBe(
        `columns@6: ${stored} main, but its body says undefined (undefined) of undefined`,
      )
  })

  it('takes other bytes that say the same of it for the same, and leaves them to the hash', () => {
    const { metadata, ...said } = JSON.parse(event(6).body)
    const body = JSON.stringify({ ...said, metadata })
    const hash = linkHash(due(6).head, body)
    expect(body).not.toBe(event(6).body)
    expect(reasons({ ...event(6), body, hash, id: eventIdOf(hash) })).toEqual([])
  })

  it('says which hashes do not agree', () => {
    const { body, hash, id } = event(6)
    const other = 'e'.repeat(64)
    expect(linksOf('main')({ next: 6, head: other }, event(6)).map(({ reason }) => reason)).toEqual([
      `it links to ${short(due(6).head)}, but the event before it has ${short(other)}`,
    ])
    expect(reasons({ ...event(6), body: body.replace('"1500"', '"1501"') })).toEqual([
      `hash@6: its bytes hash to ${short(linkHash(due(6).head, body.replace('"1500"', '"1501"')))}, but its hash says ${short(hash)}`,
    ])
    expect(reasons({ ...event(6), id: 'x' })).toEqual([`id@6: its id is x, its hash gives ${id}`])
  })
})

describe('a verification that has not begun', () => {
  it('knows nothing of any revision', () => {
    const { standing, ...course } = startCourse({ pool: 'main' })
    expect(course).toEqual({
      link: chainStart,
      events: 0,
      read: -1,
      folded: -1,
      executed: -1,
      decidedAgain: 0,
      comparedByMeaning: 0,
      faults: new Map(),
      vouched: { checkpoint: -1, snapshot: -1 },
    })
    expect([standing?.pool.name, standing?.pool.revision, standing?.execution?.decided]).toEqual(['main', -1, 0])
    expect(startCourse({ pool: 'main', depth: 'fold' }).standing?.execution).toBeUndefined()
    expect(startCourse({ pool: 'main', depth: 'chain' }).standing).toBeUndefined()
  })

  it('will tell every check, in one order', () => {
    expect(checkNames).toEqual([
      'order',
      'columns',
      'link',
      'hash',
      'id',
      'checkpoint',
      'reading',
      'postings',
      'fold',
      'command',
      'house',
      'decider',
      'signature',
      'execution',
      'snapshot',
    ])
  })
})
