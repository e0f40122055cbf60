import type { Stored } from '@novation/events'
import { type Progress, walk } from './walk'

const history = (count: number, from = 0): readonly Stored[] =>
  Array.from({ length: count }, (_, i) => ({ id: '', type: '', revision: from + i, hash: '', body: '' }))

const walked = async (count: number, how: Parameters<typeof walk>[2] = {}, enough = Number.POSITIVE_INFINITY) => {
  const seen: number[] = []
  const told: Progress[] = []
  const step = ({ revision }: Stored): boolean => {
    seen.push(revision)
    return revision < enough
  }
  const ended = await walk(history(count), step, { ...how, onProgress: (progress) => told.push(progress) })
  return { ended, seen: seen.length, told }
}

describe('walking through a history', () => {
  it('reads it to its end, and says every thousand events how far it has come', async () => {
    expect(await walked(2500)).toEqual({
      ended: 'ended',
      seen: 2500,
      told: [
        { done: 1000, revision: 999 },
        { done: 2000, revision: 1999 },
      ],
    })
    expect(await walked(999)).toEqual({ ended: 'ended', seen: 999, told: [] })
    expect((await walked(1000, { total: 5000 })).told).toEqual([{ done: 1000, revision: 999, total: 5000 }])
    expect(await walked(0)).toEqual({ ended: 'ended', seen: 0, told: [] })
  })

  it('stops at the event at which somebody has seen enough', async () =>
    expect(await walked(2500, {}, 7)).toEqual({ ended: 'enough', seen: 8, told: [] }))

  it('waits for a step that takes its time', async () => {
    let done = 0
    const step = async ({ revision }: Stored): Promise<boolean> => {
      await Promise.resolve()
      done += 1
      return revision < 3
    }
    expect(await walk(history(10), step)).toBe('enough')
    expect(done).toBe(4)
  })

  it('takes no event once it is interrupted, and says so even where none was left', async () => {
    const stop = new AbortController()
    const step = ({ revision }: Stored): boolean => {
      if (revision === 3) stop.abort()
      return true
    }
    const seen: number[] = []
    const reading = function* () {
      for (const event of history(10)) {
        seen.push(event.revision)
        yield event
      }
    }
    expect(await walk(reading(), step, { signal: stop.signal })).toBe('interrupted')
    expect(seen).toEqual([0, 1, 2, 3, 4])
    expect((await walked(5, { signal: stop.signal })).seen).toBe(0)
    expect((await walked(0, { signal: stop.signal })).ended).toBe('interrupted')
  })

  it('lets others have their turn on the way, so that a Ctrl-C is heard', async () => {
    const stop = new AbortController()
    setImmediate(() => stop.abort())
    expect(await walk(history(100_000), () => true, { signal: stop.signal })).toBe('interrupted')
  })
})
