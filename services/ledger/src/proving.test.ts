import { topics } from '@novation/events'
import {
  folderShelf,
  type Halted,
  openMemoryDisk,
  openMemoryStore,
  openProver,
  type Prover,
  type Taken,
} from '@novation/platform'
import { foldHistory } from './history'
import { handClock, ledgerOf, memoryBus, open, registerUsd, settle, wish } from './kit/world'
import { type LedgerReport, runLedger } from './service'

const deposit = (n: number) => wish(`d-${n}`, 'Deposit', { account: 'alice', asset: 'USD', amount: String(n) })

/** A ledger that lives several lives on one store, one bus and one shelf, with its prover in this process. */
const world = (every = 4) => {
  const { scheduler, goOn } = handClock(1_000_000)
  const store = openMemoryStore()
  const bus = memoryBus(scheduler)
  const shelf = folderShelf('/snapshots', openMemoryDisk().mount())
  const opened: (readonly [number, number])[] = []
  const proved: Taken[] = []
  const report: LedgerReport = {
    opened: ({ revision }, folded) => opened.push([revision, folded]),
    proved: (_, taken) => proved.push(taken),
  }
  const send = async (...commands: readonly object[]): Promise<void> => {
    for (const command of commands) {
      const message = { key: 'main', value: JSON.stringify(command), headers: {} }
      if ((await bus.publish(topics.commands, [message])())._tag === 'Left') throw new Error('the bus is away')
    }
  }
  const live = async (
    meanwhile: () => Promise<void>,
    prover: (pool: string) => Promise<Prover> = (pool) => openProver(shelf, pool, every),
  ): Promise<void> => {
    const stop = new AbortController()
    const running = runLedger(
      { pools: ['main'], store, bus, scheduler, report, snapshots: { shelf, prover } },
      stop.signal,
    )
    const ended = running.catch((error: unknown) => error)
    await settle()
    await meanwhile()
    await goOn(3_000)
    stop.abort()
    await goOn(1)
    const error = await ended
    if (error !== undefined) throw error
  }
  return { store, shelf, opened, proved, send, live }
}

describe('a ledger and its prover', () => {
  it('put snapshots aside, each proven when it is written, and open from the newest', async () => {
    const { store, shelf, opened, proved, send, live } = world()
    await live(() => send(registerUsd, open('alice'), ...Array.from({ length: 8 }, (_, i) => deposit(i + 1))))
    const made = proved.flatMap((taken) => taken.made.map(({ revision }) => revision))
    expect(made).toEqual([6])
    expect(proved.at(-1)?.reached).toBe(9)
    for (const label of await shelf.labels('main')) {
      const found = await shelf.look(label)
      if (found._tag === 'Left') throw new Error(found.left)
      expect(await shelf.noted(found.right, 'proven')).toBe('made')
    }
    await live(() => send(deposit(9), deposit(3)))
    await live(() => send())
    expect(opened).toEqual([
      [6, 3],
      [10, 0],
    ])
    expect(await ledgerOf(store)).toHaveLength(11)
  })

  it('prove what was there before them, from the first event on, and go on with what comes', async () => {
    const { proved, send, live, store } = world()
    await live(() => send(registerUsd, open('alice'), deposit(1)))
    expect(proved.at(-1)?.reached).toBe(2)
    await live(() => send(deposit(2)))
    expect(proved.at(-1)?.reached).toBe(3)
    expect(await ledgerOf(store)).toHaveLength(4)
  })

  it('end where what was put aside by somebody else lied, and do not open from it again', async () => {
    const { store, shelf, opened, send, live } = world(1_000)
    await live(() => send(registerUsd, open('alice'), deposit(1)))
    const lie = await foldHistory(store, 'main')
    lie.outcomes.clear()
    await shelf.put(lie, false).then(() => undefined)
    let slow: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      slow = resolve
    })
    const late = async (pool: string): Promise<Prover> => {
      await held
      return openProver(shelf, pool, 1_000)
    }
    const ends = live(async () => {
      await send(deposit(1))
      await settle()
      slow()
    }, late).catch((error: unknown) => error as Halted)
    expect(await ends).toMatchObject({
      name: 'Halted',
      reason: 'broken-history',
      message:
        'the snapshot of main at revision 2 lied: outcomes or trades in it are not those of its history; what was decided from revision 3 on was decided on it',
    })
    // What the lie let through is in the history now: whoever goes on is told where it begins.
    expect(await ledgerOf(store)).toHaveLength(4)
    await expect(live(() => send())).rejects.toThrow('main is not what its commands come to, from revision 3 on')
    expect(opened).toEqual([[2, 0]])
  })

  it('prove too where nobody listens', async () => {
    const { scheduler, goOn } = handClock(1_000_000)
    const shelf = folderShelf('/snapshots', openMemoryDisk().mount())
    const bus = memoryBus(scheduler)
    const stop = new AbortController()
    const snapshots = { shelf, prover: (pool: string) => openProver(shelf, pool, 1) }
    const running = runLedger({ pools: ['main'], store: openMemoryStore(), bus, scheduler, snapshots }, stop.signal)
    await bus.publish(topics.commands, [{ key: 'main', value: JSON.stringify(open('alice')), headers: {} }])()
    await goOn(3_000)
    stop.abort()
    await goOn(1)
    await running
    expect((await shelf.labels('main')).map(({ revision }) => revision)).toEqual([0])
  })

  it('stop together where the prover cannot go on', async () => {
    const { send, live } = world()
    const failing = async (): Promise<Prover> => ({
      from: -1,
      take: () => Promise.reject(new Error('no memory is left')),
      close: async () => undefined,
    })
    await expect(live(() => send(open('alice')), failing)).rejects.toThrow('no memory is left')
  })

  it('end in good order while something is being proven', async () => {
    const { send, live, store } = world()
    let closed = 0
    const endless = async (): Promise<Prover> => {
      let end: (error: Error) => void = () => undefined
      return {
        from: -1,
        take: () =>
          new Promise((_, reject) => {
            end = reject
          }),
        close: async () => {
          closed += 1
          end(new Error('the thread ended'))
        },
      }
    }
    await live(() => send(open('alice')), endless)
    expect([closed > 0, (await ledgerOf(store)).length]).toEqual([true, 1])
  })
})
