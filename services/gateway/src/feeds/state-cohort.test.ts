import { emptyPool } from '@novation/clearing'
import type { Connection } from './connection'
import { slow_bytes } from './connection'
import { StateCohort } from './state-cohort'
import { lines } from './wire'

/** A job as it stands now, and one who follows it. */
const following = () => {
  const pool = emptyPool('main')
  let job: Readonly<Record<string, unknown>> | undefined = { state: 'running', progress: 1 }
  const seen = { pool, flush_ms: 100, jobs: () => job }
  const at = { revision: -1, hash: '', at: '2020-03-12T10:00:00.000Z' }
  const channel = { word: 'jobs/j', state: 'jobs' as const, of: 'j' }
  const cohort = new StateCohort('main', lines, channel, undefined, seen, at, 0)
  const told: string[] = []
  let waiting = 0
  const out = { write: (text: string | Uint8Array) => void told.push(String(text)), waiting: () => waiting }
  const connection = { wire: lines, out } as unknown as Connection
  const reader = { connection, channel, own: undefined }
  cohort.join(reader)
  return {
    told: () => told.splice(0).map((text) => JSON.parse(text.replace(/^data: /, '')) as object),
    slow: (is: boolean) => {
      waiting = is ? slow_bytes + 1 : 0
    },
    now: (so: Readonly<Record<string, unknown>> | undefined) => {
      job = so
      for (const [{ connection: to }, bytes] of cohort.tell(seen, at, 1)) to.out.write(bytes)
    },
  }
}

describe('how something stands', () => {
  it('is told whole at first, then what has changed of it, and what is gone', () => {
    const { told, now } = following()
    expect(told()).toMatchObject([{ kind: 'snapshot', data: { state: 'running', progress: 1 } }])
    now({ state: 'done' })
    expect(told()).toMatchObject([{ kind: 'delta', data: { state: 'done', progress: null } }])
    now({ state: 'done' })
    expect(told()).toEqual([])
    now(undefined)
    expect(told()).toMatchObject([{ kind: 'snapshot', data: null }])
  })

  it('is told whole to who was too slow for some of it, once he reads again, and never in parts before', () => {
    const { told, slow, now } = following()
    void told()
    slow(true)
    now({ state: 'running', progress: 2 })
    now({ state: 'running', progress: 3 })
    expect(told()).toEqual([])
    slow(false)
    now({ state: 'running', progress: 4 })
    expect(told()).toMatchObject([{ kind: 'snapshot', data: { state: 'running', progress: 4 } }])
    now({ state: 'running', progress: 5 })
    expect(told()).toMatchObject([{ kind: 'delta', data: { progress: 5 } }])
  })
})
