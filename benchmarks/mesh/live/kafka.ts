import type { Command } from '@novation/events'
import { ensureTopics, kafkaTopics, type Message, openKafkaBus, systemScheduler } from '@novation/platform'
import { median, now_ms, perSecond } from '../measure'

const topic = 'novation-bench'

/** What Kafka does by itself with the same records, from this process: the least any mesh on it can take. */
export interface Bare {
  readonly accepted_perSecond: number
  /** From publishing one record until it is read back by the same process. */
  readonly hop_ms: number
}

const hops = 300
const batch = 100

const messageOf = (command: Command): Message => ({ key: command.pool, value: JSON.stringify(command), headers: {} })

/** Publishes so many at a time, several times at once, as a venue with many customers does. */
export const sendAll = async (
  send: (commands: readonly Command[]) => Promise<void>,
  commands: readonly Command[],
): Promise<void> => {
  let next = 0
  const sender = async (): Promise<void> => {
    while (next < commands.length) {
      const some = commands.slice(next, next + batch)
      next += batch
      await send(some)
    }
  }
  await Promise.all(Array.from({ length: 4 }, sender))
}

export const measureBareKafka = async (bootstrap: string, commands: readonly Command[]): Promise<Bare> => {
  const [model] = kafkaTopics(1, 1)
  if (model === undefined) throw new Error('the mesh has no topics')
  const quiet = { debug: () => undefined, warn: () => undefined }
  const settings = { brokers: [bootstrap], clientId: 'bench', logger: quiet }
  const made = await ensureTopics(settings, [{ ...model, topic }])()
  if (made._tag === 'Left') throw new Error(made.left.reason)
  const bus = openKafkaBus(settings)
  const send = async (some: readonly Command[]): Promise<void> => {
    const [first, ...rest] = some.map(messageOf)
    if (first === undefined) return
    const sent = await bus.publish(topic, [first, ...rest])()
    if (sent._tag === 'Left') throw new Error(sent.left.reason)
  }

  // The first time, the broker and the client compile what they do.
  await sendAll(send, commands)
  const began = now_ms()
  await sendAll(send, commands)
  const accepted_perSecond = perSecond(commands.length, now_ms() - began)

  let heard: (() => void) | undefined
  const stop = new AbortController()
  const reading = bus.subscribe(
    { topic, group: 'bench-hop', from: 'beginning' },
    async (deliveries) => {
      if (deliveries.some(({ value }) => value.includes('"hop-'))) heard?.()
      return deliveries.length
    },
    stop.signal,
  )
  const times: number[] = []
  for (let i = 0; i < hops; i += 1) {
    const from = now_ms()
    const back = new Promise<void>((resolve) => {
      heard = resolve
    })
    const sent = await bus.publish(topic, [{ key: 'hop', value: JSON.stringify({ id: `"hop-${i}` }), headers: {} }])()
    if (sent._tag === 'Left') throw new Error(sent.left.reason)
    await back
    // The first ones wait for the consumer to join its group.
    if (i >= hops / 3) times.push(now_ms() - from)
    await systemScheduler.sleep(5)
  }
  stop.abort()
  await reading
  await bus.close()
  return { accepted_perSecond, hop_ms: median(times) }
}
