import type { Bus, Delivery } from '../../bus/bus'
import { quiet } from '../../time/turn'

let readers = 0

/** So many turns are enough for a bus in memory to deliver all it holds. */
const turns = 20

/** Everything a topic of the bus in memory holds, read by a group of its own. */
export const deliveriesOn = async (bus: Bus, topic: string): Promise<readonly Delivery[]> => {
  const seen: Delivery[] = []
  const stop = new AbortController()
  readers += 1
  const reading = bus.subscribe(
    { topic, group: `everything-${readers}`, from: 'beginning' },
    async (batch) => {
      seen.push(...batch)
      return batch.length
    },
    stop.signal,
  )
  for (let turn = 0; turn < turns; turn += 1) await quiet()
  stop.abort()
  await reading
  return seen
}

/** The values of a topic, as text. */
export const recordsOn = async (bus: Bus, topic: string): Promise<readonly string[]> =>
  (await deliveriesOn(bus, topic)).map(({ value }) => value.toString('utf8'))
