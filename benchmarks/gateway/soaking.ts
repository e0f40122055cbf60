import { closeAll, openAll } from './following'
import type { Server } from './parent'

/** So many at a time leave, and as many come. */
const handful = 20
const beat_ms = 500
/** The ledger and the bus of the measured process stand in its memory too and grow with each event, so there are few. */
const beatsAnEvent = 8

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const wayOf = (i: number): 'sse' | 'socket' => (i % 2 === 0 ? 'sse' : 'socket')

/**
 * What a gateway holds while so many follow it of whom the oldest leave and others come, all the time, and an event happens now and then: in heap and buffers, after a
 * tenth of the time and at each tenth from there on; and how many came and went.
 */
export const soak = async (server: Server, subscribers: number, seconds: number) => {
  let all = await openAll(server, subscribers, wayOf)
  const held: number[] = []
  let [came, beats] = [0, 0]
  const began = Date.now()
  for (let tenth = 1; tenth <= 10; tenth += 1) {
    while (Date.now() - began < (seconds * 1_000 * tenth) / 10) {
      beats += 1
      if (beats % beatsAnEvent === 0) await server.ask('ticks', 1).then(() => undefined)
      closeAll(all.slice(0, handful))
      all = [...all.slice(handful), ...(await openAll(server, handful, wayOf))]
      came += handful
      await pause(beat_ms)
    }
    held.push((await server.ask('memory')).held)
  }
  closeAll(all)
  return { held, came }
}
