import { courseOf, details, isOver, type Job, markOf, sizeOf, wanted } from './jobs'
import { does, type Services, since, wellnessOf } from './services'

const services = (more: object = {}) =>
  ({ deadLetters: [], feeds: { behind: 0 }, commandsWaiting: 0, ...more }) as unknown as Services

describe('whether it is well', () => {
  it('is said in a sentence, and each trouble by itself', () => {
    expect(wellnessOf(services())).toEqual({
      tone: 'well',
      sentence: 'Nothing was turned away, nobody who follows is behind, and no command waits.',
    })
    const deadLetters = [{ count: 2 }, { count: 1 }]
    expect(wellnessOf(services({ deadLetters, feeds: { behind: 1 }, commandsWaiting: 1 }))).toEqual({
      tone: 'watched',
      sentence:
        '3 records were turned away at the door of the ledger; 1 reader is behind; 1 command waits for its outcome.',
    })
  })

  it('is told of each service by what it is there for', () =>
    expect(Object.keys(does)).toEqual(['margin', 'liquidator', 'insurance', 'clock']))

  it('is told in the largest unit that says how long ago', () => {
    const after = (seconds: number): string =>
      since('2020-03-12T10:00:00Z', new Date(Date.parse('2020-03-12T10:00:00Z') + seconds * 1000).toISOString())
    expect([-5, 0, 119, 120, 7_199, 7_200, 172_800].map(after)).toEqual([
      '0 s',
      '0 s',
      '119 s',
      '2 min',
      '119 min',
      '2 h',
      '2 d',
    ])
  })
})

describe('long work', () => {
  const job = (more: object) => ({ asked: { kind: 'verify' }, state: 'running', ...more }) as unknown as Job

  it('is named by what is wanted, with what more was asked', () => {
    expect([wanted(job({})), details(job({}))]).toEqual(['whether the ledger is sound', ''])
    expect(details(job({ asked: { kind: 'diff', from: '7', to: '12' } }))).toBe('from 7, to 12')
    expect(details(job({ asked: { kind: 'what-if', parameters: {}, to: '12' } }))).toBe('to 12')
  })

  it('says how far it has come, and why nothing came of it', () => {
    expect(courseOf(job({ progress: { done: 3000, total: 8435 } }))).toBe('running: 3,000 of 8,435 events')
    expect(courseOf(job({ state: 'lost', why: { detail: 'the gateway ended' } }))).toBe('lost: the gateway ended')
    expect(courseOf(job({ state: 'done' }))).toBe('done')
  })

  it('has a shape for each state, and is over in all but two', () => {
    const states = ['waiting', 'running', 'done', 'failed', 'stopped', 'lost'] as const
    expect(states.map((state) => markOf({ state })[0]).join('')).toBe('◐◐✓✕–✕')
    expect(states.filter((state) => !isOver({ state }))).toEqual(['waiting', 'running'])
  })

  it('has a result of so many bytes', () =>
    expect([0, 999, 1_000, 12_345, 12_345_678].map(sizeOf)).toEqual([
      '0 bytes',
      '999 bytes',
      '1.0 KB',
      '12.3 KB',
      '12.3 MB',
    ]))
})
