import type { Stored } from '@novation/events'
import { crash, runLines, storedOf } from '../test-world'
import { resumeCourse } from './suspended'
import type { Verification, VerifyOptions } from './verification'
import { verify, verifyFrom } from './verify'

const ledger = storedOf(runLines(crash))
const verified = (history: readonly Stored[], options: Partial<VerifyOptions> = {}): Promise<Verification> =>
  verify(history, { pool: 'main', ...options })

describe('a verification that is interrupted', () => {
  it('tells how far each check went when it is interrupted', async () => {
    const stop = new AbortController()
    const report = await verified(ledger, {
      signal: stop.signal,
      onState: ({ revision }) => revision === 30 && stop.abort(),
    })
    expect(report).toMatchObject({ complete: false, sound: true, revision: 30 })
  })

  it('goes on from where it was interrupted, between two commands, as if it had not been', async () => {
    for (const depth of ['everything', 'fold', 'chain'] as const) {
      const stop = new AbortController()
      const first = await verified(ledger, {
        depth,
        signal: stop.signal,
        onState: ({ revision }) => revision === 14 && stop.abort(),
      })
      if (depth === 'chain') expect(first.complete).toBe(true)
      if (first.complete) continue
      expect(first.revision).toBe(16)
      const options = { pool: 'main', depth }
      const course = resumeCourse(JSON.parse(JSON.stringify(first.suspended)), options)
      if (course._tag === 'Left') throw new Error(course.left)
      const { state: _, ...second } = await verifyFrom(course.right, ledger.slice(first.revision + 1), options)
      const { state: __, ...whole } = await verified(ledger, { depth })
      expect(second).toEqual(whole)
    }
  })

  it('does not go on with what is not an interrupted verification of this pool and depth', async () => {
    const first = await verified(ledger, { signal: AbortSignal.abort() })
    const kept = JSON.parse(JSON.stringify(first.suspended))
    const reason = (json: unknown, options: Partial<VerifyOptions> = {}) =>
      resumeCourse(json, { pool: 'main', ...options })
    expect(reason({})).toMatchObject({ left: 'it is not an interrupted verification' })
    expect(reason(kept, { pool: 'other' })).toMatchObject({ left: 'it is of pool main, not of other' })
    expect(reason(kept, { depth: 'fold' })).toMatchObject({ left: 'it was begun at depth everything, not fold' })
    expect(reason({ ...kept, revision: 3 })).toMatchObject({ left: 'its state is not that of its revision' })
    expect(
      (
        await verified(
          ledger.slice(0, 1).map((event) => ({ ...event, id: 'x' })),
          { signal: AbortSignal.abort() },
        )
      ).suspended,
    ).toBeUndefined()
  })
})
