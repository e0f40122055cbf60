import { type Book, type Pool, stateHash } from '@novation/clearing'
import { crash, foldOf, runLines, storedOf } from '../test-world'
import { ownRules, type Rules } from './rules'
import type { Witness } from './verification'
import { verify } from './verify'

const { process: processToday, processBulk } = ownRules
const events = runLines(crash)
const ledger = storedOf(events)

const stateWitness = (folded: Pool, revision: number): Witness => ({
  check: 'snapshot',
  revision,
  objection: (_, pool) => (pool !== undefined && stateHash(pool) === stateHash(folded) ? undefined : 'another state'),
})

const finding = async (rules?: Rules) => {
  const { sound, firstBroken, checks } = await verify(ledger, {
    pool: 'main',
    ...(rules === undefined ? {} : { rules }),
  })
  return sound ? 'sound' : { ...firstBroken, reason: checks.find(({ outcome }) => outcome === 'broken')?.reason }
}

describe('the rules of a verification', () => {
  it('are those of this program', async () => expect(await finding()).toBe('sound'))

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
        const processed = processToday(pool, command, clock)
        return processed.tag === 'decided' ? { ...processed, events: processed.events.slice(0, 1) } : processed
      },
      'it goes on with a bulk, but none is under way',
    ],
  ])('break a command when they %s', async (_, process, reason) => {
    const from: Rules['process'] = (pool, command, clock) =>
      command.id === 'c-17' ? process(pool, command, clock) : processToday(pool, command, clock)
    expect(await finding({ process: from, processBulk })).toMatchObject({ checks: ['execution'], reason })
  })

  it('must come to the state of the events they give, as a snapshot holds it', async () => {
    const richer: Rules['process'] = (pool, command, clock) => {
      const processed = processToday(pool, command, clock)
      if (processed.tag === 'decided' && command.id === 'c-31') pool.set<Book, 'frozen'>(pool, 'frozen', true)
      return processed
    }
    const revision = ledger.length - 1
    const witnesses = [stateWitness(foldOf(events), revision)]
    const rules: Rules = { process: richer, processBulk }
    expect((await verify(ledger, { pool: 'main', witnesses })).sound).toBe(true)
    const { firstBroken } = await verify(ledger, { pool: 'main', witnesses, rules })
    expect(firstBroken).toEqual({ revision, checks: ['snapshot'] })
  })
})
