import { join } from 'node:path'
import { emptyPool } from '@novation/clearing'
import type { Command } from '@novation/events'
import { testWorld } from '../test-world'
import { keysOf, signingOf } from './signing'

const { take, folder } = testWorld()

/** A signed pool as far as whoever signs asks. */
const pool = Object.assign(emptyPool('main'), { identity: { domain: 'd0' } })

const asked = (actor: string): Command => ({ id: 'a', type: 'PassTime', pool: 'main', actor, data: {} }) as Command

describe('the key of one service', () => {
  const made = folder('one-key')
  beforeAll(async () => {
    await take(['keys', 'init', made])
  })
  const file = (actor: string): string => join(made, `${actor}.pem`)
  const signersOf = (name: string, key: string, actor: string): number =>
    signingOf(keysOf({ keys: undefined, key: file(key) }, [name], 'kraken'))(pool, asked(actor), 0).signatures
      ?.length ?? 0

  it.each([
    ['ledger', 'clock'],
    ['margin', 'margin'],
    ['keeper', 'keeper:backstop'],
    ['oracle', 'oracle'],
  ])('signs what %s asks, as %s and as nobody else', (name, actor) => {
    expect([signersOf(name, actor, actor), signersOf(name, actor, 'operator:first')]).toEqual([1, 0])
  })

  it.each<[string, readonly string[], string | undefined]>([
    ['for several', ['ledger', 'reactors'], undefined],
    ['for all reactors together', ['reactors'], undefined],
    ['for who asks nothing', ['gateway'], undefined],
    ['beside a folder', ['ledger'], made],
  ])('is refused %s', (_, names, keys) =>
    expect(() => keysOf({ keys, key: file('clock') }, names)).toThrow(/one key is of one service|two ways/),
  )

  it('signs as all where a folder holds them, and nothing without any', () => {
    const all = signingOf(keysOf({ keys: made, key: undefined }, ['ledger', 'reactors']))
    expect(all(pool, asked('clock'), 0).signatures).toHaveLength(1)
    expect(
      signingOf(keysOf({ keys: undefined, key: undefined }, ['ledger']))(pool, asked('clock'), 0).signatures,
    ).toBeUndefined()
  })
})
