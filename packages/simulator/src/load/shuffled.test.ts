import { diceOf } from '../engine/dice'
import { runWorld } from '../mesh/run-world'
import { shuffled } from './shuffled'
import type { Trait } from './traits'

const text = JSON.stringify({ id: 'c-1', type: 'X', data: { up: '1', down: '2', list: [{ b: 1, a: 2 }, 'z', 'a'] } })

describe('a record whose fields come in any order', () => {
  it('says the same, comes in many orders, and leaves lists alone', () => {
    const dice = diceOf(1)
    const written = Array.from({ length: 60 }, () => shuffled(dice, text))
    for (const each of written) expect(JSON.parse(each)).toEqual(JSON.parse(text))
    for (const [first, second] of [
      ['"id"', '"data"'],
      ['"up"', '"down"'],
      ['"b"', '"a":2'],
    ] as const)
      expect(new Set(written.map((each) => each.indexOf(first) < each.indexOf(second)))).toEqual(new Set([true, false]))
  })

  it.each(['{"id":', '{"n":1e9}', '{"a":1,"a":2}', 'null '])(
    'stays as it is where another writing would lose something: %s',
    (odd) => expect(shuffled(diceOf(1), odd)).toBe(odd),
  )
})

/** Nothing goes wrong: what the bus refuses hangs on how a record is written. */
const calm = (traits: readonly Trait[]) => runWorld({ seed: 3, traits, faults: [] })

describe('a world in which all that is sent comes in any order of its fields', () => {
  const kinds: readonly (readonly Trait[])[] = [[], ['thief', 'runs'], ['sources']]

  it.each(kinds.map((traits) => [traits] as const))(
    'is the same world, to the last hash: with %p',
    async (traits) => {
      const [plain, other] = [await calm(traits), await calm([...traits, 'shuffled'])]
      expect(other.finding).toBeUndefined()
      expect(other.head).toBe(plain.head)
    },
    120_000,
  )
})
