import { topics } from '@novation/events'
import { type EventStore, Halted, openMemoryStore } from '@novation/platform'
import { handClock, ledgerOf, memoryBus, open, recordsOf, registerUsd, settle } from './kit/world'
import { runLedger } from './service'
import { openLedger } from './writer'

/** A store whose disk fails in the middle of the append with this number, counted over all streams. */
const failingAt = (failing: number) => {
  const inner = openMemoryStore()
  let appends = 0
  const store: EventStore = {
    ...inner,
    append: (stream, events, expected) => async () => {
      appends += 1
      if (appends >= failing) throw new Halted('disk-failed', 'events.db: SQLITE_IOERR_FSYNC: disk I/O error')
      return inner.append(stream, events, expected)()
    },
  }
  return { store, appends: () => appends }
}

const diskFailed = { name: 'Halted', reason: 'disk-failed' }

describe('a ledger whose disk fails', () => {
  it('answers nothing of what was being written, and asks the disk for nothing more', async () => {
    const { store, appends } = failingAt(2)
    const clock = handClock()
    const writer = await openLedger('main', store, clock.scheduler, new AbortController().signal)
    await writer.submit([registerUsd])
    const [first, second] = [writer.submit([open('alice')]), writer.submit([open('bob')])]
    await expect(first).rejects.toMatchObject(diskFailed)
    await expect(second).rejects.toMatchObject(diskFailed)
    await clock.goOn(60_000)
    await expect(writer.submit([open('carol')])).rejects.toMatchObject(diskFailed)
    await expect(writer.keepTime()).rejects.toMatchObject(diskFailed)
    expect(appends()).toBe(2)
    expect(await ledgerOf(store)).toHaveLength(1)
  })

  it.each([
    ['the ledger', 1, 0],
    ["the relay's checkpoint", 2, 1],
  ])('ends the whole service where it was %s that could not be written', async (_, failing, recorded) => {
    const { store } = failingAt(failing)
    const { scheduler, goOn } = handClock(1_000_000)
    const bus = memoryBus(scheduler)
    const running = runLedger({ pools: ['main'], store, bus, scheduler }, new AbortController().signal)
    const ended = expect(running).rejects.toMatchObject(diskFailed)
    await settle()
    await bus.publish(topics.commands, [{ key: 'main', value: JSON.stringify(registerUsd), headers: {} }])()
    await goOn(5_000)
    await ended
    expect(await ledgerOf(store)).toHaveLength(recorded)
    expect(await recordsOf(bus, topics.events)).toHaveLength(recorded)
  })
})
