import { generateKeyPairSync } from 'node:crypto'
import { stateHash } from '@novation/clearing'
import type { Stored } from '@novation/events'
import { signCheckpoint, statementAt } from '../checkpoints/checkpoint'
import { checkpointWitness } from '../checkpoints/witness'
import { crash, foldOf, runLines, storedOf } from '../test-world'
import { resumeCourse } from './suspended'
import { renumbered, resealed, type Said } from './test-tampering'
import type { Verification, VerifyOptions } from './verification'
import { verify, verifyFrom } from './verify'

const events = runLines(crash)
const ledger = storedOf(events)
const depths = ['everything', 'signature', 'fold', 'chain'] as const
const { privateKey } = generateKeyPairSync('ed25519')
const witnesses = [10, 31, 54].flatMap((revision) => {
  const pool = foldOf(events.slice(0, revision + 1))
  const statement = statementAt(pool, ledger[revision] as Stored)
  const snapshot = { check: 'snapshot', revision, objection: () => undefined } as const
  return [checkpointWitness(signCheckpoint(statement, privateKey)), snapshot]
})

/** Somebody interrupts while the event of a revision is being read. */
const interruptedAt = (revision: number, history: readonly Stored[], options: VerifyOptions): Promise<Verification> => {
  const stop = new AbortController()
  const reading = function* () {
    for (const event of history) {
      if (event.revision === revision) stop.abort()
      yield event
    }
  }
  return verify(reading(), { ...options, signal: stop.signal })
}

/** What was kept in a file, and the rest of the history. */
const resumed = async (first: Verification, history: readonly Stored[], options: VerifyOptions) => {
  const course = resumeCourse(JSON.parse(JSON.stringify(first.suspended)), options)
  if (course._tag === 'Left') throw new Error(course.left)
  return verifyFrom(course.right, history.slice(first.revision + 1), options)
}

/** A finding with the state that it came to by its hash: two pools may hold the same in other orders. */
const told = ({ state, suspended: _, ...report }: Verification) => ({
  ...report,
  ...(state === undefined ? {} : { state: stateHash(state) }),
})

/** The last revision of the command that a revision belongs to. */
const endOf = (revision: number): number => {
  const next = events.findIndex((event) => event.revision > revision && event.metadata.events !== undefined)
  return next === -1 ? ledger.length - 1 : next - 1
}

describe('a verification interrupted at any revision', () => {
  it.each(depths)('comes to what it would have come to, at depth "%s"', async (depth) => {
    const options = { pool: 'main', depth, witnesses }
    const whole = told(await verify(ledger, options))
    expect(whole).toMatchObject({ sound: true, complete: true, checkpoints: { count: 3, through: 54 } })
    for (const { revision } of ledger) {
      const first = await interruptedAt(revision, ledger, options)
      const stopped = depth === 'chain' ? revision : endOf(revision)
      expect(first).toMatchObject({ complete: false, sound: true, revision: stopped, events: stopped + 1 })
      expect(told(await resumed(first, ledger, options))).toEqual(whole)
    }
  })

  it('may be interrupted again and again', async () => {
    const options = { pool: 'main', witnesses }
    let report = await interruptedAt(0, ledger, options)
    for (const { revision } of ledger.slice(1)) {
      if (revision <= report.revision) continue
      const stop = new AbortController()
      const course = resumeCourse(JSON.parse(JSON.stringify(report.suspended)), options)
      if (course._tag === 'Left') throw new Error(course.left)
      stop.abort()
      report = await verifyFrom(course.right, ledger.slice(report.revision + 1), { ...options, signal: stop.signal })
    }
    expect(told(report)).toEqual({ ...told(await verify(ledger, options)), complete: false })
  })

  const alter = (said: Said): Said => JSON.parse(JSON.stringify(said).replaceAll('1500"', '1501"'))
  it.each<[string, readonly Stored[], number]>([
    ['an amount altered everywhere', resealed(ledger, 6, alter), 30],
    ['a command left out', renumbered([...ledger.slice(0, 20), ...ledger.slice(23)]), 24],
    ['a repetition', renumbered([...ledger.slice(0, 23), ...ledger.slice(20)]), 23],
    [
      'postings that do not balance',
      resealed(ledger, 34, (said) => ({ ...said, postings: said.postings.slice(1) })),
      34,
    ],
    [
      'an event altered',
      ledger.map((event) => (event.revision === 29 ? { ...event, body: `${event.body} ` } : event)),
      29,
    ],
    ['an event left out', ledger.filter(({ revision }) => revision !== 29), 29],
  ])('finds %s all the same, and goes on from nothing where it had found it', async (_, history, broken) => {
    const options = { pool: 'main' }
    const whole = told(await verify(history, options))
    expect(whole).toMatchObject({ sound: false, firstBroken: { revision: broken } })
    for (const { revision } of history) {
      const first = await interruptedAt(revision, history, options)
      expect(first.complete).toBe(false)
      expect(first.sound).toBe(first.suspended !== undefined)
      if (first.sound) expect(told(await resumed(first, history, options))).toEqual(whole)
      else expect(first.firstBroken).toEqual(whole.firstBroken)
    }
  })
})
