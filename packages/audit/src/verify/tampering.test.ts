import { generateKeyPairSync } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { stateHash } from '@novation/clearing'
import type { Stored } from '@novation/events'
import { signCheckpoint, statementAt } from '../checkpoints/checkpoint'
import { checkpointWitness } from '../checkpoints/witness'
import { foldOf } from '../test-world'
import { checkNames } from './checks'
import { events, ledger, tamperings } from './test-tamperings'
import { verify } from './verify'

const found = async (history: readonly Stored[], depth: 'everything' | 'fold' | 'chain'): Promise<string> => {
  const { checks, firstBroken, sound } = await verify(history, { pool: 'main', depth })
  const broken = checks.filter(({ outcome }) => outcome === 'broken')
  expect(sound).toBe(broken.length === 0)
  expect(firstBroken?.revision).toBe(broken.length === 0 ? undefined : Math.min(...broken.map(({ at = -1 }) => at)))
  expect(firstBroken?.checks ?? []).toEqual(
    broken.filter(({ at }) => at === firstBroken?.revision).map(({ check }) => check),
  )
  for (const { at = -1, through } of broken) expect(through).toBe(at - 1)
  return broken.length === 0 ? '-' : broken.map(({ check, at }) => `${check}@${at}`).join(' ')
}

describe('what is tampered with', () => {
  it.each(tamperings)('%s', async (_, history, ...expected) => {
    expect([await found(history, 'everything'), await found(history, 'fold'), await found(history, 'chain')]).toEqual(
      expected,
    )
  })

  it('is tried for every check at every depth that has it', () => {
    // Signatures are tampered with in a ledger that has some: signature.test.ts.
    const witnessed = ['checkpoint', 'signature', 'snapshot']
    const tried = (column: 2 | 3 | 4) =>
      new Set(tamperings.flatMap((row) => row[column].split(' ').map((each) => each.split('@')[0])))
    const notAtFold = ['execution']
    expect(checkNames.filter((check) => !tried(2).has(check))).toEqual(witnessed)
    expect(checkNames.filter((check) => !tried(3).has(check) && !notAtFold.includes(check))).toEqual(witnessed)
    expect([...tried(4)].sort()).toEqual(['-', 'columns', 'hash', 'id', 'link', 'order'])
  })

  it.each(tamperings)(
    'leaves the state of the events that stand there, and not of those the rules give: %s',
    async (_, history) => {
      const stateOf = async (depth: 'everything' | 'fold') => {
        const { state } = await verify(history, { pool: 'main', depth })
        return state === undefined ? undefined : stateHash(state)
      }
      expect(await stateOf('everything')).toBe(await stateOf('fold'))
    },
  )

  const last = ledger.length - 1
  const { privateKey } = generateKeyPairSync('ed25519')
  const witnesses = [checkpointWitness(signCheckpoint(statementAt(foldOf(events), ledger[last] as Stored), privateKey))]

  it.each(tamperings)('up to a signed checkpoint is found by it and the chain alone: %s', async (_, history) => {
    const { sound } = await verify(history, { pool: 'main', depth: 'chain', witnesses })
    expect(sound).toBe(isDeepStrictEqual(history.slice(0, ledger.length), ledger))
  })
})
