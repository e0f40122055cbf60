import { readEvent } from './decoded'
import { fold } from './fold'
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
    const whole = foldOf(events.slice(0, -1))
    const last = events.at(-1)
    if (last === undefined) throw new Error('no event')
    expect([whole.outcomes.isEmpty(), whole.trades.isEmpty()]).toEqual([false, false])
    for (const pool of [
      whole,
      { ...whole, outcomes: whole.outcomes.clear() },
      { ...whole, trades: whole.trades.clear() },
    ]) {
      const { outcomes, trades, revision } = fold(pool, last)
      expect([outcomes.isEmpty(), trades.isEmpty(), revision]).toEqual([true, true, last.revision])
    }
  })
})
