import type { Stored } from '@novation/events'
import { diff } from './diff/diff'
import { accountStory } from './explain/account-story'
import { locate } from './explain/locate'
import { takeSnapshots } from './snapshots/state-at'
import { crash, foldOf, runLines, storedOf } from './test-world'

const ledger = storedOf(runLines(crash))
const at = { tag: 'end' } as const

/** A history in the middle of which somebody presses Ctrl-C. */
const interruptedAt = (revision: number) => {
  const stop = new AbortController()
  const history = function* (): Iterable<Stored> {
    for (const stored of ledger) {
      if (stored.revision === revision) stop.abort()
      yield stored
    }
  }
  return { history: history(), signal: stop.signal }
}

describe.each([0, 1, Math.floor(ledger.length / 2), ledger.length - 1])('interrupted at revision %i', (revision) => {
  it('a difference is none, and not that of what was read so far', async () => {
    const { history, signal } = interruptedAt(revision)
    expect(await diff(foldOf([]), at, () => history, { signal })).toBeUndefined()
  })

  it('the story of an account is none, and not half of one', async () => {
    const { history, signal } = interruptedAt(revision)
    expect(await accountStory(history, { pool: 'main', account: 'alice', at, signal })).toBeUndefined()
  })

  it('a word names nothing, and not what it may name as well', async () => {
    const { history, signal } = interruptedAt(revision)
    expect(await locate(history, '0', { at, signal })).toBeUndefined()
  })

  it('only the snapshots that were put aside are counted', async () => {
    const { history, signal } = interruptedAt(revision)
    const kept: number[] = []
    const put = async ({ revision: of }: { readonly revision: number }): Promise<void> => void kept.push(of)
    const shelf = { labels: () => [], open: () => '', put }
    const taken = await takeSnapshots(shelf, 'main', 10, () => history, undefined, signal)
    expect(taken).toBe(kept.length)
    expect(kept.every((of) => of < revision)).toBe(true)
  })
})
