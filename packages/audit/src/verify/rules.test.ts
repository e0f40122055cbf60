import { type Book, type Decided, type Pool, stateHash } from '@novation/clearing'
import { type LedgerEvent, type Stored, sealEvent } from '@novation/events'
import { crash, foldOf, runLines, storedOf } from '../test-world'
import { type Rules, rulesByNumber } from './rules'
import { saidBy, sealed } from './test-tampering'
import type { Witness } from './verification'
import { verify } from './verify'

const today = rulesByNumber.get(1) as Rules
const events = runLines(crash)
const ledger = storedOf(events)

const stateWitness = (folded: Pool, revision: number): Witness => ({
  check: 'snapshot',
  revision,
  objection: (_, pool) => (pool !== undefined && stateHash(pool) === stateHash(folded) ? undefined : 'another state'),
})

const signed =
  (number: number) =>
  (decided: Decided, head: string): Decided => {
    let previousHash = head
    const events = decided.events.map((event) => {
      const { id: _, metadata, ...rest } = event
      const { hash: __, ...told } = metadata
      const { event: again } = sealEvent<LedgerEvent>({ ...rest, metadata: { ...told, decider: number, previousHash } })
      previousHash = again.metadata.hash
      return again
    })
    return { ...decided, events }
  }

/** The rules of today under another number. */
const numbered = (number: number): Rules => ({
  process: (pool, command, clock) => {
    const { head } = pool
    const processed = today.process(pool, command, clock)
    return processed.tag === 'decided' ? { ...processed, ...signed(number)(processed, head) } : processed
  },
  processBulk: today.processBulk,
})

/** From revision 20 on decided by rules 2, which decide as rules 1 do. */
const change = 20
const mixed: readonly Stored[] = sealed(
  ledger.map((event) => {
    const said = saidBy(event)
    return event.revision < change ? said : { ...said, metadata: { ...said.metadata, decider: 2 } }
  }),
)
const both = new Map([
  [1, today],
  [2, numbered(2)],
])
const finding = async (history: readonly Stored[], rules?: ReadonlyMap<number, Rules>) => {
  const { sound, firstBroken, checks } = await verify(history, {
    pool: 'main',
    ...(rules === undefined ? {} : { rules }),
  })
  return sound ? 'sound' : { ...firstBroken, reason: checks.find(({ outcome }) => outcome === 'broken')?.reason }
}

describe('the rules of a verification', () => {
  it('are those whose number an event names', async () => {
    expect(await finding(ledger)).toBe('sound')
    expect(await finding(mixed, both)).toBe('sound')
  })

  it('are none where nobody has that number, and the fold goes on without them', async () => {
    const without = 'decided by rules 2, which this program does not have'
    expect(await finding(mixed)).toEqual({ revision: change, checks: ['decider'], reason: without })
    expect(await finding(mixed, new Map([[2, numbered(2)]]))).toMatchObject({ revision: 0, checks: ['decider'] })
    const { checks } = await verify(mixed, { pool: 'main' })
    expect(checks.find(({ check }) => check === 'execution')).toEqual({
      check: 'execution',
      outcome: 'ended',
      through: change - 1,
    })
    expect(checks.find(({ check }) => check === 'fold')).toMatchObject({ outcome: 'held', through: ledger.length - 1 })
  })

  it.each<[string, Rules['process'], string]>([
    [
      'refuse it',
      () => ({ tag: 'refused', code: 'not-permitted', reason: 'no' }) as never,
      'the rules refuse c-17: not-permitted: no',
    ],
    [
      'cannot decide it',
      () => {
        throw new Error('a broken invariant')
      },
      'the rules cannot decide c-17 here: a broken invariant',
    ],
    [
      'know it already',
      () => ({ tag: 'repeated', outcome: { revision: 3 } }) as never,
      'c-17 was decided at revision 3 already; a repetition makes no events',
    ],
    [
      'give less of it',
      (pool, command, clock) => {
        const processed = numbered(2).process(pool, command, clock)
        return processed.tag === 'decided' ? { ...processed, events: processed.events.slice(0, 1) } : processed
      },
      'it goes on with a bulk, but none is under way',
    ],
  ])('break a command when they %s', async (_, process, reason) => {
    const rules = new Map([
      [1, today],
      [2, { process, processBulk: today.processBulk }],
    ])
    expect(await finding(mixed, rules)).toMatchObject({ checks: ['execution'], reason })
  })

  it('must come to the state of the events they give, as a snapshot holds it', async () => {
    const richer: Rules['process'] = (pool, command, clock) => {
      const processed = today.process(pool, command, clock)
      if (processed.tag === 'decided' && command.id === 'c-31') pool.set<Book, 'frozen'>(pool, 'frozen', true)
      return processed
    }
    const revision = ledger.length - 1
    const witnesses = [stateWitness(foldOf(events), revision)]
    const rules = new Map([[1, { process: richer, processBulk: today.processBulk }]])
    expect((await verify(ledger, { pool: 'main', witnesses })).sound).toBe(true)
    const { firstBroken } = await verify(ledger, { pool: 'main', witnesses, rules })
    expect(firstBroken).toEqual({ revision, checks: ['snapshot'] })
  })
})
