import { formatTime } from '@novation/events'
import type { Asked } from '../run/command-lines'
import { paced } from './paced'

const line = (at_s: number, id: number): Asked => ({
  line: id,
  command: { id: String(id), type: 'PassTime', pool: 'main', actor: 'clock', at: formatTime(at_s * 1000), data: {} },
})

async function* batches(...all: readonly (readonly Asked[])[]): AsyncIterable<readonly Asked[]> {
  yield* all
}

/** When each line was played, in seconds from the beginning. */
const played = async (since_s: number, ...all: readonly (readonly Asked[])[]) => {
  let now = 5_000
  const clock = {
    now: () => now,
    sleep: async (ms: number) => {
      now += ms
    },
  }
  const told: (readonly [line: number, s: number])[] = []
  const stop = new AbortController().signal
  for await (const moment of paced(batches(...all), { speed: 10, clock, stop, since: since_s * 1000 }))
    told.push(...moment.map((one) => [one.line, (now - 5_000) / 1000] as const))
  return told
}

describe('a paced play', () => {
  it('keeps every line and their order, and no moment comes before its time', async () =>
    expect(await played(-1, [line(100, 1), line(100, 2), line(160, 3)], [line(160, 4), line(300, 5)])).toEqual([
      [1, 0],
      [2, 0],
      [3, 6],
      [4, 6],
      [5, 20],
    ]))

  it('does not wait again for what was played before', async () =>
    expect(await played(160, [line(100, 1), line(160, 2), line(200, 3), line(210, 4)])).toEqual([
      [1, 0],
      [2, 0],
      [3, 0],
      [4, 1],
    ]))
})
