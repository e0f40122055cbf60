import { evolveForReading } from '@novation/clearing'
import { readEvent } from './decoded'
import { calm, foldOf, runLines, storedOf } from './test-world'

const events = runLines(calm)

describe('an event that is read', () => {
  it('is what was sealed', () => expect(storedOf(events).map(readEvent)).toEqual(events))

  it('halts whoever reads it where nobody can', () => {
    const [first] = storedOf(events)
    if (first === undefined) throw new Error('no event')
    expect(() => readEvent({ ...first, type: 'Teleported' })).toThrow(
      expect.objectContaining({
        name: 'Halted',
        reason: 'broken-history',
        message: expect.stringContaining('event 0 (Teleported)'),
      }),
    )
  })
})

describe('the state for reading', () => {
  it('knows no ids of commands and trades, whatever it began with', () => {
    const before = events.slice(0, -1)
    const last = events.at(-1)
    if (last === undefined) throw new Error('no event')
    const whole = foldOf(before)
    expect([whole.outcomes.size, whole.trades.size]).not.toContain(0)
    for (const book of [whole, foldOf(before).dropIndexes()]) {
      const { outcomes, trades, revision } = evolveForReading(book, last)
      expect([outcomes.size, trades.size, revision]).toEqual([0, 0, last.revision])
    }
  })
})
