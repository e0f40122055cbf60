import type { Stored } from '@novation/events'
import { crash, runLines, storedOf } from '../test-world'
import { resumeCourse } from './suspended'
import { saidBy, sealed } from './test-tampering'
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

  const kept = async (history = ledger, pool = 'main', depth: VerifyOptions['depth'] = 'everything') => {
    const { suspended } = await verify(history, { pool, depth, signal: AbortSignal.abort() })
    return JSON.parse(JSON.stringify(suspended))
  }
  const refused = (json: unknown) => resumeCourse(json, { pool: 'main' })

  it.each(['pool', 'depth', 'vouched', 'head', 'revision'])('does not go on from what lacks its %s', async (field) => {
    const { [field]: _, ...rest } = await kept()
    expect(refused(rest)).toMatchObject({ left: 'it is not an interrupted verification' })
  })

  it.each([[null], ['a text'], [7], [[]]])('does not go on from %j', (json) =>
    expect(refused(json)).toMatchObject({ left: 'it is not an interrupted verification' }),
  )

  it('does not go on from a revision that is no number, nor from a state of another place', async () => {
    const first = await kept()
    const wrong = 'its state is not that of its revision'
    expect(refused({ ...first, revision: '0' })).toMatchObject({ left: 'it is not an interrupted verification' })
    expect(refused({ ...first, revision: 1 })).toMatchObject({ left: wrong })
    expect(refused({ ...first, head: 'f'.repeat(64) })).toMatchObject({ left: wrong })
    const elsewhere = sealed(ledger.map((event) => ({ ...saidBy(event), pool: 'other' })))
    const other = await kept(elsewhere, 'other', 'fold')
    expect(resumeCourse({ ...other, pool: 'main' }, { pool: 'main', depth: 'fold' })).toMatchObject({ left: wrong })
  })

  it('does not go on from a state that is damaged or gone, unless only the chain is looked at', async () => {
    const { snapshot, ...rest } = await kept()
    expect(refused(rest)).toMatchObject({ _tag: 'Left' })
    const damaged = JSON.parse(JSON.stringify(snapshot).replace('"USD"', '"EUR"'))
    expect(refused({ ...rest, snapshot: damaged })).toMatchObject({ _tag: 'Left' })
    const chain = await kept(ledger, 'main', 'chain')
    expect(chain.snapshot).toBeUndefined()
    expect(resumeCourse(chain, { pool: 'main', depth: 'chain' })).toMatchObject({ _tag: 'Right' })
  })
})
