import { emptyPool, process } from '@novation/clearing'
import { encodeEvent, streamOf } from '@novation/events'
import { type AppendError, type EventStore, noStream, openMemoryStore } from '@novation/platform'
import { left } from 'fp-ts/Either'
import type { NonEmptyArray } from 'fp-ts/NonEmptyArray'
import { appendSurely } from './append-surely'
import { handClock, open, registerUsd } from './kit/world'

type Stored = ReturnType<typeof encodeEvent>

const stream = streamOf('main')

/** The events of two commands, as they would follow each other. */
const storedOf = (...commands: readonly (typeof registerUsd)[]): NonEmptyArray<Stored> => {
  const pool = emptyPool('main')
  const stored = commands.flatMap((command) => {
    const outcome = process(pool, command, 1_000)
    if (outcome.tag !== 'decided') throw new Error(outcome.tag)
    return outcome.events.map(encodeEvent)
  })
  const [first, ...rest] = stored
  if (first === undefined) throw new Error('nothing to append')
  return [first, ...rest]
}

const both = storedOf(registerUsd, open('alice'))

/** A store whose answers are these, one after the other, and then its own. */
const answering = (inner: EventStore, ...answers: readonly AppendError[]): EventStore => {
  let asked = 0
  return {
    ...inner,
    append: (to, events, expected) => async () => {
      const answer = answers[asked]
      asked += 1
      return answer === undefined ? inner.append(to, events, expected)() : left(answer)
    },
  }
}

const appending = async (store: EventStore, events = both, signal = new AbortController().signal) => {
  const { scheduler, goOn } = handClock()
  const appended: unknown[] = []
  const uncertain: unknown[] = []
  const outcome = appendSurely(store, scheduler, stream, events, signal, {
    appended: (...told) => appended.push(told),
    uncertain: (...told) => uncertain.push(told),
  }).then(
    () => 'done',
    (error: unknown) => error,
  )
  await goOn(60_000)
  return { outcome: await outcome, appended, uncertain }
}

const idsIn = async (store: EventStore): Promise<readonly string[]> => {
  const ids: string[] = []
  for await (const { id } of store.read(stream, 0)) ids.push(id)
  return ids
}

const away = { tag: 'unavailable', reason: 'the store is away' } as const
const conflict = { tag: 'conflict', actual: 1 } as const

describe('an append', () => {
  it('tells where, how many events, at which try and after how long it was known', async () => {
    const { outcome, appended, uncertain } = await appending(answering(openMemoryStore(), away, away))
    expect(outcome).toBe('done')
    expect(appended).toEqual([[stream, 2, 3, 150]])
    expect(uncertain).toEqual([
      [stream, 'the store is away'],
      [stream, 'the store is away'],
    ])
  })

  it('knocks seldom where it is not let in', async () => {
    const forbidden = { tag: 'forbidden', reason: 'no right' } as const
    const { appended } = await appending(answering(openMemoryStore(), forbidden))
    expect(appended).toEqual([[stream, 2, 2, 5_000]])
  })

  it('is done where a conflict is with its own events, told as the first success is', async () => {
    const inner = openMemoryStore()
    await inner.append(stream, both, noStream)()
    const { outcome, appended } = await appending(answering(inner, away, conflict))
    expect([outcome, appended]).toEqual(['done', [[stream, 2, 2, 50]]])
    expect(await idsIn(inner)).toEqual(both.map(({ id }) => id))
  })

  it.each([
    ['the first is', [...storedOf(open('bob'))]],
    ['only the first is its own, and the second is', [both[0], storedOf(registerUsd, open('bob'))[1]]],
    ['its own first stands alone: nothing', [both[0]]],
  ])('is fenced where of what stands there %s of somebody else', async (_, standing) => {
    const inner = openMemoryStore()
    const [first, ...rest] = standing.flatMap((event) => (event === undefined ? [] : [event]))
    if (first !== undefined) await inner.append(stream, [first, ...rest], noStream)()
    const { outcome, appended } = await appending(answering(inner, conflict))
    expect(outcome).toMatchObject({ name: 'Halted', reason: 'fenced' })
    expect(appended).toEqual([])
    expect(await idsIn(inner)).toHaveLength(1 + rest.length)
  })

  it('is not done where it is told to stop before the store has answered', async () => {
    const inner = openMemoryStore()
    const { outcome, appended } = await appending(answering(inner, away), both, AbortSignal.abort())
    expect(outcome).toMatchObject({ reason: 'stopped', message: expect.stringContaining('the store is away') })
    expect([appended, await idsIn(inner)]).toEqual([[], []])
  })
})
