import { parseTime, type Quote, type SigningKey, signQuote, topics } from '@novation/events'
import { type Bus, type Disk, Halted, publishSurely, type Scheduler } from '@novation/platform'
import type { Adapter, Heard, Market, NoPrice } from './adapters/adapter'
import { openTimes } from './times'

/** What a source is told about its own running. */
export interface SourceReport {
  readonly signed?: (quote: Quote) => void
  readonly passedOver?: (why: NoPrice | 'not-later' | 'ahead') => void
}

/** One source: a venue's messages, how they are read, and the key that it signs with. */
export interface RunSource {
  readonly source: string
  readonly adapter: Adapter
  readonly symbols: Readonly<Record<string, Market>>
  readonly messages: AsyncIterable<string>
  readonly key: SigningKey
  readonly bus: Bus
  readonly scheduler: Scheduler
  readonly disk: Disk
  /** The file in which it keeps up to when it has signed. */
  readonly path: string
  readonly report?: SourceReport
}

/** A clock of a venue that is further ahead than this is wrong, and would silence the source until then. */
const mostAhead_ms = 5_000

/**
 * Signs what a venue says, and puts it on `novation.quotes`, where whoever likes carries it on. Each time of a base is signed once
 * and rises, also over a crash: that it is taken is on disk before anything is signed, since two quotes of one time are the end of a source.
 * What is no price is passed over. Ends when the messages do, or `signal` is aborted.
 */
export const runSource = async (
  { source, adapter, symbols, messages, key, bus, scheduler, disk, path, report = {} }: RunSource,
  signal: AbortSignal,
): Promise<void> => {
  const times = await openTimes(disk, path)

  const say = async (heard: Heard): Promise<void> => {
    if ('ignored' in heard) return report.passedOver?.(heard.ignored)
    const at = parseTime(heard.at)
    if (at > scheduler.now() + mostAhead_ms) return report.passedOver?.('ahead')
    if (!(await times.take(heard.base, at))) return report.passedOver?.('not-later')
    const quote = signQuote({ source, ...heard }, key)
    const message = { key: source, value: JSON.stringify(quote), headers: { 'content-type': 'application/json' } }
    const published = await publishSurely(bus, scheduler, topics.quotes, [message], signal)
    if (published.tag === 'refused') throw new Halted('refused', `a quote is refused: ${published.refused[0].reason}`)
    if (published.tag === 'sent') report.signed?.(quote)
  }

  for await (const message of messages) {
    if (signal.aborted) return
    for (const heard of adapter(message, { receivedAt: scheduler.now(), symbols })) await say(heard)
  }
}
