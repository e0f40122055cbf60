import { type Book, copyOf, emptyPool, judge, type Outcome, type Processed } from '@novation/clearing'
import { type Command, idOf } from '@novation/events'
import { Halted, openMemoryStore } from '@novation/platform'
import { foldHistory } from './history'
import { faultyStore, handClock, ledgerOf, open, registerUsd, settle, wish } from './kit/world'
import { openLedger } from './writer'

const future = wish('fut', 'ListInstrument', {
  instrument: 'BTC-1',
  kind: 'future',
  settlementAsset: 'USD',
  expiry: '1970-01-01T00:01:00Z',
  margin: { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05' }] },
})

const forever = new AbortController().signal

describe('the writer', () => {
  it('tells of each command what came of it, and of no part of the bulk that it finishes', async () => {
    const interrupted = (name: string): Book => {
      const book = emptyPool(name)
      const command = { id: 'c', actor: 'operator' }
      const bulk: Book['bulk'] = { id: 'loss:0', what: 'loss', entries: 0, remaining: [], command }
      book.set<Book, 'bulk'>(book, 'bulk', bulk)
      return book
    }
    const told: string[] = []
    const decided = (command: Command, { tag }: Processed) => void told.push(`${command?.id}: ${tag}`)
    const { store } = faultyStore([])
    const writer = await openLedger('main', store, handClock().scheduler, forever, { decided }, interrupted)
    await writer.submit([registerUsd, registerUsd])
    expect((await ledgerOf(store)).map(({ type }) => type)).toEqual(['BulkEnded', 'AssetRegistered'])
    expect(told).toEqual([`${registerUsd.id}: decided`, `${registerUsd.id}: repeated`])
  })

  it('answers once the events are durable, many commands in one append', async () => {
    const { store, appends } = faultyStore([])
    const writer = await openLedger('main', store, handClock().scheduler, forever)
    const answers = await Promise.all([writer.submit([registerUsd]), writer.submit([open('alice'), open('bob')])])
    expect(answers.flat().map(({ tag }) => tag)).toEqual(['decided', 'decided', 'decided'])
    expect((await ledgerOf(store)).map(({ type }) => type)).toEqual([
      'AssetRegistered',
      'AccountOpened',
      'AccountOpened',
    ])
    expect(appends()).toBeLessThan(3)
  })

  it('answers the same wish with its first outcome, and does nothing again', async () => {
    const store = openMemoryStore()
    const writer = await openLedger('main', store, handClock().scheduler, forever)
    await writer.submit([open('alice')])
    expect((await writer.submit([open('alice')]))[0]).toMatchObject({ tag: 'repeated', outcome: { revision: 0 } })
    expect(await ledgerOf(store)).toHaveLength(1)
  })

  it('does not post twice when the answer to an append is lost', async () => {
    const clock = handClock()
    const { store } = faultyStore(['answer-lost', 'answer-lost'])
    const writer = await openLedger('main', store, clock.scheduler, forever)
    const answer = writer.submit([registerUsd, open('alice')])
    await clock.goOn(60_000)
    expect((await answer).map(({ tag }) => tag)).toEqual(['decided', 'decided'])
    expect(await ledgerOf(store)).toHaveLength(2)
  })

  it('waits for a store that cannot be reached, and loses nothing', async () => {
    const clock = handClock()
    const { store } = faultyStore(['unavailable', 'unavailable', 'unavailable'])
    const writer = await openLedger('main', store, clock.scheduler, forever)
    const answer = writer.submit([open('alice')])
    await clock.goOn(60_000)
    expect((await answer)[0]?.tag).toBe('decided')
    expect(await ledgerOf(store)).toHaveLength(1)
  })

  it('is fenced by another ledger that leads: it stops, and answers nothing it did not write', async () => {
    const store = openMemoryStore()
    const clock = handClock()
    const old = await openLedger('main', store, clock.scheduler, forever)
    await old.submit([open('alice')])
    const young = await openLedger('main', store, clock.scheduler, forever)
    await young.submit([open('bob')])
    await expect(old.submit([open('carol')])).rejects.toMatchObject({ name: 'Halted', reason: 'fenced' })
    await expect(old.submit([open('dave')])).rejects.toBeInstanceOf(Halted)
    expect((await ledgerOf(store)).map(({ data }) => 'account' in data && data.account)).toEqual(['alice', 'bob'])
  })

  it('reads what another ledger has written before it decides its first command', async () => {
    const store = openMemoryStore()
    const clock = handClock()
    const standby = await openLedger('main', store, clock.scheduler, forever)
    await (await openLedger('main', store, clock.scheduler, forever)).submit([open('alice')])
    expect((await standby.submit([open('alice')]))[0]?.tag).toBe('repeated')
  })

  it('lets time pass by itself when something falls due', async () => {
    const clock = handClock()
    const store = openMemoryStore()
    const stop = new AbortController()
    const writer = await openLedger('main', store, clock.scheduler, stop.signal)
    await writer.submit([registerUsd, future])
    const timekeeping = writer.keepTime()
    await clock.goOn(59_000)
    expect(await ledgerOf(store)).toHaveLength(2)
    await clock.goOn(2_000)
    expect((await ledgerOf(store))[2]).toMatchObject({
      type: 'TimePassed',
      data: { due: [{ what: 'expiry', id: 'BTC-1' }] },
    })
    stop.abort()
    await settle()
    await timekeeping
  })

  it('rests while it leaves what is due to another ledger, and does it where that one does not', async () => {
    const clock = handClock()
    const store = openMemoryStore()
    await (await openLedger('main', store, clock.scheduler, forever)).submit([registerUsd, future])
    const sleeps: number[] = []
    const scheduler = {
      ...clock.scheduler,
      sleep: (ms: number, signal?: AbortSignal) => {
        sleeps.push(clock.scheduler.now())
        return clock.scheduler.sleep(ms, signal)
      },
    }
    const stop = new AbortController()
    const timekeeping = (await openLedger('main', store, scheduler, stop.signal)).keepTime()
    await clock.goOn(64_999)
    expect(await ledgerOf(store)).toHaveLength(2)
    expect(sleeps.filter((at) => at >= 60_000).length).toBeLessThanOrEqual(6)
    await clock.goOn(1_000)
    expect((await ledgerOf(store)).map(({ type }) => type).slice(2)).toEqual(['TimePassed', 'InstrumentExpired'])
    stop.abort()
    await settle()
    await timekeeping
  })

  it('stops with a message where time does not pass, and does not ask for ever', async () => {
    const clock = handClock()
    const writer = await openLedger('main', openMemoryStore(), clock.scheduler, forever)
    await writer.submit([registerUsd, future])
    const pool = writer.pool()
    const id = idOf('clock', pool.head, 'PassTime')
    const used = judge(copyOf(pool))
    used.put<Book, Outcome>(used, 'outcomes', `clock ${id}`, { revision: 0, contentHash: '' })
    const stuck = await openLedger('main', openMemoryStore(), clock.scheduler, forever, {}, () => used)
    const timekeeping = expect(stuck.keepTime()).rejects.toThrow(
      /^time does not pass in main at revision 1: .*id-reused/,
    )
    await clock.goOn(70_000)
    await timekeeping
  })

  it('stops when told to, though the store has not answered', async () => {
    const clock = handClock()
    const { store } = faultyStore(Array.from({ length: 99 }, () => 'unavailable' as const))
    const stop = new AbortController()
    const writer = await openLedger('main', store, clock.scheduler, stop.signal)
    const answer = writer.submit([open('alice')])
    await settle()
    stop.abort()
    await expect(answer).rejects.toMatchObject({ reason: 'stopped' })
  })

  it('folds to the same state however often it is opened', async () => {
    const store = openMemoryStore()
    const writer = await openLedger('main', store, handClock().scheduler, forever)
    await writer.submit([registerUsd, open('alice'), open('alice')])
    expect((await foldHistory(store, 'main')).head).toBe(writer.pool().head)
  })
})
