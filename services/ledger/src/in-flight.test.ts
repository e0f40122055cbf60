import { type AppendError, type EventStore, openMemoryStore } from '@novation/platform'
import { left } from 'fp-ts/Either'
import { handClock, ledgerOf, open, registerUsd, settle, wish } from './kit/world'
import { openLedger } from './writer'

const forever = new AbortController().signal

/** A store whose appends wait, each until it is let through, or until it is answered something else. */
const gated = () => {
  const inner = openMemoryStore()
  const waiting: ((error?: AppendError) => void)[] = []
  const store: EventStore = {
    ...inner,
    append: (stream, events, expected) => async () => {
      const error = await new Promise<AppendError | undefined>((resolve) => waiting.push(resolve))
      return error === undefined ? inner.append(stream, events, expected)() : left(error)
    },
  }
  const answer = async (error?: AppendError): Promise<void> => {
    waiting.shift()?.(error)
    await settle()
  }
  return { inner, store, waiting, answer }
}

const opened = async () => {
  const gate = gated()
  const writer = await openLedger('main', gate.store, handClock().scheduler, forever)
  const told: string[] = []
  const send = async (...commands: Parameters<typeof writer.submit>[0]): Promise<void> => {
    const ids = commands.map(({ id }) => id).join()
    void writer.submit(commands).then(
      (outcomes) => told.push(`${ids}: ${outcomes.map(({ tag }) => tag).join()}`),
      (error: Error & { readonly reason?: string }) => told.push(`${ids}: ${error.reason ?? error.message}`),
    )
    await settle()
  }
  return { ...gate, writer, told, send }
}

const fenced: AppendError = { tag: 'conflict', actual: 7 }

describe('while an append is in flight', () => {
  it('the next group is decided as it comes, and no other append begins', async () => {
    const { writer, waiting, answer, told, send, inner } = await opened()
    await send(open('alice'))
    await send(open('bob'))
    await send(open('carol'), open('dave'))
    expect([writer.pool().revision, writer.durable(), waiting.length, told]).toEqual([3, -1, 1, []])
    await answer()
    expect(told).toEqual(['open-alice: decided'])
    expect([writer.durable(), waiting.length]).toEqual([0, 1])
    await answer()
    expect(told.slice(1)).toEqual(['open-bob: decided', 'open-carol,open-dave: decided,decided'])
    expect(await ledgerOf(inner)).toHaveLength(4)
  })

  it('what is decided waits where the next group is full: no more than that is decided', async () => {
    const { writer, answer, send, told } = await opened()
    const large = (account: string) => wish(`open-${account}`, 'OpenAccount', { account, owner: '東'.repeat(15_000) })
    await send(registerUsd)
    await send(...Array.from({ length: 20 }, (_, i) => large(`a${i}`)))
    const decided = writer.pool().accounts.size
    expect(decided).toBe(6)
    await send(open('late'))
    expect(writer.pool().accounts.size).toBe(decided)
    for (let i = 0; i < 6; i += 1) await answer()
    expect([writer.pool().accounts.size, told.at(-1)]).toEqual([21, 'open-late: decided'])
  })

  it('a repetition, and a refusal, is answered no sooner than what was decided before it is durable', async () => {
    const { answer, told, send, inner } = await opened()
    await send(open('alice'))
    await send(open('alice'))
    await send({ ...open('bob'), pool: 'other' })
    expect(told).toEqual([])
    await answer()
    expect(told).toEqual(['open-alice: decided', 'open-alice: repeated', 'open-bob: refused'])
    expect(await ledgerOf(inner)).toHaveLength(1)
  })

  it('a repetition of what is in flight is not answered where the ledger is fenced then: neither was done here', async () => {
    const { answer, told, send, inner, writer } = await opened()
    await send(open('alice'))
    await send(open('alice'))
    await send(open('bob'))
    await answer(fenced)
    expect(told).toEqual(['open-alice: fenced', 'open-alice: fenced', 'open-bob: fenced'])
    await send(open('alice'))
    expect(told.at(-1)).toBe('open-alice: fenced')
    expect(await ledgerOf(inner)).toEqual([])
    await expect(writer.keepTime()).rejects.toMatchObject({ reason: 'fenced' })
  })

  it('what was decided ahead of what the store refuses is decided again, and keeps its place', async () => {
    const { answer, told, send, inner, writer } = await opened()
    await send(wish('open-big', 'OpenAccount', { account: 'big', owner: 'x'.repeat(4_000) }))
    await send(open('alice'), open('big'))
    expect(writer.pool().accounts.size).toBe(2)
    await answer({ tag: 'too-large', reason: 'more than 2000', limit_bytes: 2_000 })
    await answer()
    expect(told).toEqual(['open-big: refused', 'open-alice,open-big: decided,decided'])
    expect((await ledgerOf(inner)).map(({ metadata: { commandId } }) => commandId)).toEqual(['open-alice', 'open-big'])
  })

  it('a thousand that wait outside a full queue are all decided once it goes on, each once and in order', async () => {
    const { store, inner, waiting } = gated()
    const writer = await openLedger('main', store, handClock().scheduler, forever)
    const all = Array.from({ length: 5_000 }, (_, i) => open(`a${i}`))
    const answers = Array.from({ length: 50 }, (_, i) => writer.submit(all.slice(100 * i, 100 * (i + 1))))
    expect(writer.offer([open('in-a-hurry')])).toBe('busy')
    let isDone = false
    const done = Promise.all(answers).then((outcomes) => {
      isDone = true
      return outcomes
    })
    while (!isDone) {
      waiting.shift()?.()
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect((await done).flat().every(({ tag }) => tag === 'decided')).toBe(true)
    expect((await ledgerOf(inner)).map(({ metadata: { commandId } }) => commandId)).toEqual(all.map(({ id }) => id))
  })

  it('what is thrown while something is decided ahead stops the ledger once what is in flight is known', async () => {
    const { answer, told, send, writer, inner } = await opened()
    await send(registerUsd)
    Object.defineProperty(writer.pool(), 'attempt', {
      value: () => {
        throw new Error('an invariant broke')
      },
    })
    await send(open('alice'))
    expect(told).toEqual([])
    await answer()
    expect(told).toEqual(['usd: decided', 'open-alice: an invariant broke'])
    expect(await ledgerOf(inner)).toHaveLength(1)
  })
})
