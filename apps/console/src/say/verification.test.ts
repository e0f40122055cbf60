import { chainSaid, decisionsSaid, vouchedSaid } from './verification'

const verification = { sound: true, events: 1_200, decidedAgain: 800, checks: [] }

describe('what comes of a verification', () => {
  it('is how many events hold together, or the first that does not, and why', () => {
    expect(chainSaid({ sound: true, events: 1_200, last: { revision: 1_199, hash: 'a' } })).toBe(
      'Sound: 1,200 events follow each from the one before, and what each moves sums to zero.',
    )
    expect(chainSaid({ sound: false, revision: 1_000, why: 'it is not what its hash says' })).toBe(
      'Not sound: event 1,000 does not follow from what is before it: it is not what its hash says.',
    )
  })

  it('is how often a key has signed it, and up to where', () =>
    expect(vouchedSaid({ count: 1, last: 5_000 })).toBe(
      'The key has signed it: 1 checkpoint, the last at revision 5,000.',
    ))

  it('is how many commands came to the same again, or which check does not hold from where', () => {
    expect(decisionsSaid(verification)).toBe(
      'The gateway decided 800 commands again, and each came to what is recorded.',
    )
    const checks = [
      { check: 'order', outcome: 'held', through: 1_199 },
      { check: 'execution', outcome: 'broken', through: 41, reason: 'c-7 makes another event 42 than is recorded' },
    ] as const
    expect(decisionsSaid({ ...verification, sound: false, checks })).toBe(
      'The gateway does not find it sound: execution holds up to revision 41; c-7 makes another event 42 than is recorded.',
    )
  })
})
