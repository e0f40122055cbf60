import { WebSocket } from 'ws'
import { backoff_ms, type Scheduler } from '../time/scheduler'

/** Where somebody tells something without end, and what is said there to be told it. */
export interface FeedSettings {
  readonly url: string
  readonly hello: string | undefined
  readonly scheduler: Scheduler
  /** Hears why a connection ended; the next is tried after a while. */
  readonly ended: (reason: string) => void
}

/** A message of a venue is small; who sends more than this is not one. */
const mostMessage_bytes = 1_048_576

/** So many messages wait at most: of prices only the last is worth anything, so the oldest go. */
const mostWaiting = 1_000

/**
 * Every text that is told at an address (RFC 6455), for as long as `signal` is not aborted: a connection that ends is followed by
 * another, the longer after it the oftener that happened without a word in between. What is told meanwhile is missed.
 */
export async function* openFeed(
  { url, hello, scheduler, ended }: FeedSettings,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const waiting: string[] = []
  let wake = (): void => undefined
  let tries = 0
  while (!signal.aborted) {
    let why: string | undefined
    const socket = new WebSocket(url, { maxPayload: mostMessage_bytes })
    const over = (reason: string): void => {
      why ??= reason
      wake()
    }
    const stop = (): void => {
      socket.terminate()
      over('told to stop')
    }
    signal.addEventListener('abort', stop, { once: true })
    socket.on('open', () => hello !== undefined && socket.send(hello))
    socket.on('message', (data, isBinary) => {
      tries = 0
      if (isBinary) return
      waiting.push(data.toString())
      if (waiting.length > mostWaiting) waiting.shift()
      wake()
    })
    socket.on('error', ({ message }) => over(message))
    socket.on('close', (code) => over(`closed (${code})`))
    while (!signal.aborted) {
      const next = waiting.shift()
      if (next !== undefined) yield next
      else if (why !== undefined) break
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
    signal.removeEventListener('abort', stop)
    socket.terminate()
    if (signal.aborted) return
    ended(why ?? 'ended')
    await scheduler.sleep(backoff_ms(tries), signal)
    tries += 1
  }
}
