import type { Stored } from '@novation/events'
import { openMemoryStore } from '@novation/platform'
import { appendMissing } from './append-missing'

/** An event of a command with so many events; only its first says how many. */
const event = (revision: number, events?: number): Stored => ({
  id: `00000000-0000-5000-8000-${String(revision).padStart(12, '0')}`,
  type: 'PriceTick',
  revision,
  hash: String(revision).padStart(64, '0'),
  body: JSON.stringify({ metadata: events === undefined ? {} : { events } }),
})

const pairs = Array.from({ length: 1_200 }, (_, revision) => event(revision, revision % 2 === 0 ? 2 : undefined))

async function* of(events: readonly Stored[]): AsyncIterable<Stored> {
  yield* events
}

/** Gives the events, and aborts as it gives the one at `revision`. */
async function* abortingAt(revision: number, controller: AbortController): AsyncIterable<Stored> {
  for (const each of pairs) {
    if (each.revision === revision) controller.abort()
    yield each
  }
}

const count = async (store: ReturnType<typeof openMemoryStore>): Promise<number> =>
  ((await store.last('ledger-main'))?.revision ?? -1) + 1

describe('appending what a ledger lacks', () => {
  it('stops at the end of a command, and goes on from there', async () => {
    const store = openMemoryStore()
    const controller = new AbortController()
    expect(await appendMissing(store, 'main', abortingAt(499, controller), controller.signal)).toBe(500)
    expect(await count(store)).toBe(500)
    expect(await appendMissing(store, 'main', of(pairs), new AbortController().signal)).toBe(700)
    expect(await count(store)).toBe(1_200)
  })

  it('never leaves part of a command behind', async () => {
    const store = openMemoryStore()
    const long = [event(0, 1), ...Array.from({ length: 800 }, (_, i) => event(i + 1, i === 0 ? 800 : undefined))]
    const controller = new AbortController()
    const read = async function* (): AsyncIterable<Stored> {
      for (const each of long) {
        if (each.revision === 600) controller.abort()
        yield each
      }
    }
    await appendMissing(store, 'main', read(), controller.signal)
    expect([0, 1, 801]).toContain(await count(store))
  })

  it('appends nothing where what is there differs in a byte', async () => {
    const store = openMemoryStore()
    await appendMissing(store, 'main', of(pairs.slice(0, 10)), new AbortController().signal)
    const altered = pairs.map((each) => (each.revision === 9 ? { ...each, body: `${each.body} ` } : each))
    await expect(appendMissing(store, 'main', of(altered), new AbortController().signal)).rejects.toThrow(
      'another history of pool main',
    )
    expect(await count(store)).toBe(10)
  })
})
