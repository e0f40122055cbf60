import { type Book, clockAsk, nextDue, type Processed, process, processBulk, unsigned } from '@novation/clearing'
import { type Command, encodeEvent, idOf, type LedgerEvent, streamOf, topics } from '@novation/events'
import { appendSurely, foldHistory, type LedgerWriter, openTail, runRelay, takeBatch } from '@novation/ledger'
import { type Parts, parts } from '../mesh/parts'

/** What may be wrong in a ledger; what is left out is right. */
export interface OtherRules {
  readonly process?: (book: Book, command: Command, clock: number) => Processed
  /** What it knows after a start. */
  readonly remember?: (book: Book) => Book
  readonly append?: typeof appendSurely
  readonly keepsTime?: boolean
  readonly finishesBulk?: boolean
}

type Service = Parameters<Parts['runLedger']>[0]

const openWriter = async (
  rules: OtherRules,
  name: string,
  { store, scheduler, report = {}, initial, sign = unsigned }: Service,
  signal: AbortSignal,
): Promise<LedgerWriter> => {
  const { remember = (book) => book, append = appendSurely, keepsTime = true, finishesBulk = true } = rules
  const decide = rules.process ?? process
  const pool = remember(await foldHistory(store, name, initial))
  let last: Promise<unknown> = Promise.resolve()

  const commit = async (events: readonly LedgerEvent[]): Promise<void> => {
    const [first, ...rest] = events.map(encodeEvent)
    if (first !== undefined) await append(store, scheduler, streamOf(name), [first, ...rest], signal)
    report.committed?.(pool, events, events.map(encodeEvent))
  }
  const finish = async (): Promise<void> => {
    for (let part = processBulk(pool); finishesBulk && part !== undefined; part = processBulk(pool))
      await commit(part.events)
  }
  const one = async (command: Command): Promise<Processed> => {
    const outcome = decide(pool, command, scheduler.now())
    if (outcome.tag === 'decided') await commit(outcome.events)
    await finish()
    return outcome
  }
  const isDue = (): boolean => keepsTime && (nextDue(pool) ?? Number.POSITIVE_INFINITY) <= scheduler.now()
  const several = async (commands: readonly Command[]): Promise<readonly Processed[]> => {
    await finish()
    const outcomes: Processed[] = []
    const ask: Command = { ...clockAsk(pool), id: idOf('clock', pool.head), pool: name, actor: 'clock' }
    const time = isDue() ? [sign(pool, ask, scheduler.now())] : []
    for (const command of [...time, ...commands]) outcomes.push(await one(command))
    return outcomes.slice(time.length)
  }
  const submit = (commands: readonly Command[]): Promise<readonly Processed[]> => {
    const answer = last.then(() => several(commands))
    last = answer
    return answer
  }
  const keepTime = async (): Promise<void> => {
    while (!signal.aborted) {
      if (isDue()) await submit([]).then(() => undefined)
      await scheduler.sleep(500, signal)
    }
  }
  return { submit, offer: submit, pool: () => pool, durable: () => pool.revision, keepTime }
}

/** A ledger service around the product's intake and relay, with a writer that has other rules. */
export const ledgerWith = (rules: OtherRules): Parts => ({
  ...parts,
  runLedger: async (service, signal) => {
    const { store, bus, scheduler, report } = service
    const stop = new AbortController()
    const ended = AbortSignal.any([signal, stop.signal])
    const writers = new Map<string, LedgerWriter>()
    for (const pool of service.pools) writers.set(pool, await openWriter(rules, pool, service, ended))
    const intake = { writers, bus, scheduler }
    let failure: unknown
    const fail = (error: unknown): void => {
      failure ??= error
      stop.abort()
    }
    const relayOf = (pool: string) => ({ pool, store, bus, scheduler, ...(report === undefined ? {} : { report }) })
    await Promise.all(
      [
        bus.subscribe(
          { topic: topics.commands, group: 'novation-ledger', from: 'beginning' },
          async (batch) => {
            try {
              return (await takeBatch(intake, batch, ended)) === 'done' ? batch.length : 0
            } catch (error) {
              fail(error)
              return 0
            }
          },
          ended,
        ),
        ...[...writers.values()].map((writer) => writer.keepTime()),
        ...service.pools.map((pool) => runRelay(relayOf(pool), openTail(store, pool, scheduler, ended), ended)),
      ].map((part) => part.catch(fail)),
    )
    if (failure !== undefined) throw failure
  },
})
