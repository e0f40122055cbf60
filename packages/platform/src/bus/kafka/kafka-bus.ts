import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import type { BatchHandler, Bus, Subscription } from '../bus'
import { isPassing, reasonOf } from './failures'
import { openPublisher } from './publisher'
import { session } from './session'
import { complete, type KafkaSettings, type Settings } from './settings'

/** Between two clients, when the first was lost. */
const reconnect_ms = 500

/** Sessions one after another, until the signal, a failure that no connection cures, or the end of patience. */
const consume = async (
  settings: Settings,
  subscription: Subscription,
  handler: BatchHandler,
  signal: AbortSignal,
): Promise<void> => {
  let lastAlive = performance.now()
  const alive = () => {
    lastAlive = performance.now()
    settings.onActivity(subscription)
  }
  while (!signal.aborted) {
    const error = await session(settings, { subscription, handler, signal, alive })
    if (error === undefined) return
    if (!isPassing(error) || performance.now() - lastAlive > settings.patience_ms) throw error
    settings.logger.warn({ ...subscription, reason: reasonOf(error) }, 'lost Kafka; connecting anew')
    await sleep(reconnect_ms, undefined, { signal }).catch(() => undefined)
  }
}

/**
 * The bus on Kafka. Published records are acknowledged by all in-sync replicas, without duplicates as long as nothing
 * fails; consumed ones are committed after the handler's answer, so what a crash interrupted comes again.
 */
export const openKafkaBus = (given: KafkaSettings): Bus => {
  const settings = complete(given)
  const publisher = openPublisher(settings)
  const closing = new AbortController()
  const running = new Set<Promise<void>>()
  return {
    publish: (topic, messages) => () => publisher.publish(topic, messages),
    subscribe(subscription, handler, signal) {
      const consumer = consume(settings, subscription, handler, AbortSignal.any([signal, closing.signal]))
      running.add(consumer)
      return consumer.finally(() => running.delete(consumer))
    },
    async close() {
      closing.abort()
      await Promise.allSettled(running)
      await publisher.close()
    },
  }
}
