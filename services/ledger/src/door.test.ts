import type { Processed } from '@novation/clearing'
import { openDoor } from './door'
import { open, settle } from './kit/world'

const refused: Processed = { tag: 'refused', code: 'wrong-pool', reason: 'as the test wants it' }
const batch = (name: string, count: number) => Array.from({ length: count }, (_, i) => open(`${name}${i}`))

const opened = () => {
  let knocks = 0
  const door = openDoor(() => {
    knocks += 1
  })
  /** Takes out so many and answers them. */
  const serve = (count: number): readonly string[] =>
    Array.from({ length: count }, () => {
      const asked = door.next()
      asked?.answer(refused)
      return asked?.command.id ?? 'nothing'
    })
  const done: string[] = []
  const enter = (name: string, count: number): void =>
    void door.enter(batch(name, count)).then(
      (outcomes) => done.push(`${name}: ${outcomes.length}`),
      (error: Error) => done.push(`${name}: ${error.message}`),
    )
  return { door, serve, enter, done, knocks: () => knocks }
}

describe('the door of the ledger', () => {
  it('lets in one after the other, and answers a batch once each of it has its outcome', async () => {
    const { serve, enter, done, knocks, door } = opened()
    enter('a', 2)
    enter('b', 1)
    expect(knocks()).toBe(2)
    expect(serve(2)).toEqual(['open-a0', 'open-a1'])
    await settle()
    expect(done).toEqual(['a: 2'])
    expect(serve(2)).toEqual(['open-b0', 'nothing'])
    await settle()
    expect([done, door.isEmpty()]).toEqual([['a: 2', 'b: 1'], true])
  })

  it('lets whoever comes when it is full wait outside, in turn, and loses none of them', async () => {
    const { door, serve, enter, done } = opened()
    enter('a', 1_500)
    enter('b', 600)
    enter('c', 1)
    await settle()
    const served = serve(2_101)
    expect(served).toEqual([...batch('a', 1_500), ...batch('b', 600), ...batch('c', 1)].map(({ id }) => id))
    await settle()
    expect(done).toEqual(['a: 1500', 'b: 600', 'c: 1'])
    expect(door.next()).toBeUndefined()
  })

  it('has nobody wait outside who finds it empty, however many they bring', async () => {
    const { serve, enter, done } = opened()
    enter('a', 5_000)
    expect(serve(5_000)[4_999]).toBe('open-a4999')
    await settle()
    expect(done).toEqual(['a: 5000'])
  })

  it('answers busy to who cannot wait, where it is full or others wait, and takes none of theirs', async () => {
    const { door, serve, enter } = opened()
    enter('a', 1_999)
    expect(door.offer(batch('b', 2))).toBe('busy')
    const taken = door.offer(batch('c', 1))
    expect(taken).not.toBe('busy')
    enter('d', 1)
    expect(door.offer(batch('e', 1))).toBe('busy')
    expect(serve(2_001).slice(-2)).toEqual(['open-c0', 'open-d0'])
    expect(await taken).toEqual([refused])
    const later = door.offer(batch('e', 1))
    expect(serve(1)).toEqual(['open-e0'])
    expect(await later).toEqual([refused])
  })

  it('is full for a whole batch as soon as one stands before it, and takes no part of one', () => {
    const { door, enter } = opened()
    enter('a', 1)
    expect(door.offer(batch('b', 2_000))).toBe('busy')
    expect(door.offer(batch('c', 1_999))).not.toBe('busy')
  })

  it('lets in again, before all others, what was taken back', () => {
    const { door, serve, enter } = opened()
    enter('a', 3)
    const [first, second] = [door.next(), door.next()]
    if (first === undefined || second === undefined) throw new Error('three came')
    door.again([first, second])
    expect(serve(3)).toEqual(['open-a0', 'open-a1', 'open-a2'])
  })

  it('tells everybody inside and outside why it is shut, and who comes later too', async () => {
    const { door, serve, enter, done } = opened()
    enter('a', 2_000)
    enter('b', 10)
    expect(serve(1)).toEqual(['open-a0'])
    // There is room for one by now, and not for ten: they are outside still.
    door.shut(new Error('fenced'))
    enter('c', 1)
    await settle()
    expect(done).toEqual(['a: fenced', 'b: fenced', 'c: fenced'])
    await expect(door.offer(batch('d', 1))).rejects.toThrow('fenced')
    expect([door.isEmpty(), door.next()]).toEqual([true, undefined])
  })

  it('answers nothing at once to who brings nothing', async () => {
    expect(await opened().door.enter([])).toEqual([])
  })
})
