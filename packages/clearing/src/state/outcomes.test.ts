import fc from 'fast-check'
import { rejections } from '../rejections'
import { Outcomes, outcome_bytes } from './outcomes'
import { Trades } from './trades'
import type { Outcome } from './values'

const hashOf = (n: number): string => n.toString(16).padStart(32, '0')
const outcome = (n: number): Outcome => ({
  contentHash: hashOf(n),
  revision: n,
  ...(n % 2 === 0 ? { sentAt: 1_000 + n } : {}),
  ...(n % 3 === 0 ? { rejection: rejections[n % rejections.length] as string } : {}),
})

const filled = (count: number): Outcomes => {
  const outcomes = new Outcomes()
  for (let n = 0; n < count; n += 1) outcomes.set(`operator c-${n}`, outcome(n))
  return outcomes
}

describe('the outcomes of commands', () => {
  it('are found by their keys, however many there are', () => {
    const outcomes = filled(20_000)
    expect(outcomes.size).toBe(20_000)
    for (const n of [0, 1, 2, 3, 31, 32, 8_191, 8_192, 16_383, 16_384, 19_999])
      expect(outcomes.get(`operator c-${n}`)).toEqual(outcome(n))
    expect([outcomes.has('operator c-19999'), outcomes.has('operator c-20000')]).toEqual([true, false])
    expect(outcomes.get('venue c-1')).toBeUndefined()
  })

  it('keep of a content the first half of its digest', () => {
    const outcomes = new Outcomes()
    outcomes.set('a b', { contentHash: `${'12345678'.repeat(4)}${'f'.repeat(32)}`, revision: 1 })
    expect(outcomes.get('a b')?.contentHash).toBe('12345678'.repeat(4))
  })

  it('hold revisions and times as large as they come', () => {
    const outcomes = new Outcomes()
    const large = { contentHash: hashOf(1), revision: 2 ** 45 + 1, sentAt: 8.64e15 }
    outcomes.set('a b', large)
    expect(outcomes.get('a b')).toEqual(large)
  })

  it('tell every code of a rejection apart by what they keep of it', () => {
    const outcomes = new Outcomes()
    for (const [n, rejection] of rejections.entries())
      outcomes.set(`k ${n}`, { contentHash: hashOf(n), revision: n, rejection })
    expect(rejections.map((_, n) => outcomes.get(`k ${n}`)?.rejection)).toEqual(rejections)
  })

  it('keep a code that no rule here gives, while they last', () => {
    const outcomes = new Outcomes()
    outcomes.set('a b', { contentHash: hashOf(1), revision: 1, rejection: 'of-another-edition' })
    expect(outcomes.get('a b')?.rejection).toBe('of-another-edition')
    expect(() => new Outcomes().load(outcomes.bytes())).toThrow('a rejection that is not known here')
  })

  it('are taken back newest first, and only so', () => {
    const outcomes = filled(100)
    expect(() => outcomes.delete('operator c-98')).toThrow('not the last')
    for (let n = 99; n >= 40; n -= 1) expect(outcomes.delete(`operator c-${n}`)).toBe(true)
    expect(outcomes.delete('operator c-99')).toBe(false)
    expect(outcomes.bytes()).toEqual(filled(40).bytes())
    expect([outcomes.has('operator c-39'), outcomes.has('operator c-40')]).toEqual([true, false])
  })

  it('are 52 bytes each, in the order in which they came, and read again as they lie', () => {
    const outcomes = filled(9_000)
    const bytes = outcomes.bytes()
    expect([outcome_bytes, bytes.length]).toEqual([52, 9_000 * 52])
    const again = new Outcomes()
    again.load(bytes.subarray(0, 52 * 8_500))
    again.load(outcomes.bytes(8_500))
    expect(again.bytes()).toEqual(bytes)
    for (const n of [0, 8_499, 8_500, 8_999]) expect(again.get(`operator c-${n}`)).toEqual(outcome(n))
  })

  it('are not read where part of one is missing, or one comes twice', () => {
    const bytes = filled(3).bytes()
    expect(() => new Outcomes().load(bytes.subarray(1))).toThrow('are not records of 52')
    const twice = filled(3)
    expect(() => twice.load(bytes)).toThrow('comes twice')
  })

  it('that stand under one key are the last that was set', () => {
    const outcomes = filled(3)
    outcomes.set('operator c-1', outcome(2))
    expect([outcomes.size, outcomes.get('operator c-1')]).toEqual([3, outcome(2)])
  })

  it('are none once they are cleared', () => {
    const outcomes = filled(9_000)
    outcomes.clear()
    expect([outcomes.size, outcomes.has('operator c-1'), outcomes.bytes()]).toEqual([0, false, new Uint8Array()])
    outcomes.set('operator c-1', outcome(1))
    expect(outcomes.get('operator c-1')).toEqual(outcome(1))
  })

  it('are what a map of them would be, whatever is set and taken back', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -40, max: 80 }), { maxLength: 300 }), (steps) => {
        const outcomes = new Outcomes()
        const map = new Map<string, Outcome>()
        for (const n of steps) {
          const newest = [...map.keys()].at(-1)
          if (n >= 0) {
            outcomes.set(`k ${n}`, outcome(n))
            map.set(`k ${n}`, outcome(n))
          } else if (newest !== undefined) {
            outcomes.delete(newest)
            map.delete(newest)
          }
        }
        expect(outcomes.size).toBe(map.size)
        for (let n = 0; n <= 80; n += 1) expect(outcomes.get(`k ${n}`)).toEqual(map.get(`k ${n}`))
      }),
    ))
})

describe('the names of trades', () => {
  it('are known once they were set, and read again as they lie', () => {
    const trades = new Trades()
    for (let n = 0; n < 10_000; n += 1) trades.set(`t-${n}`)
    trades.set('t-5')
    expect([trades.size, trades.bytes().length]).toEqual([10_000, 160_000])
    const again = new Trades()
    again.load(trades.bytes())
    expect([again.has('t-0'), again.get('t-9999'), again.has('t-10000'), again.get('t-10000')]).toEqual([
      true,
      true,
      false,
      undefined,
    ])
  })

  it('are taken back newest first, and only so', () => {
    const trades = new Trades()
    trades.set('one')
    trades.set('other')
    expect(() => trades.delete('one')).toThrow('not the last')
    expect([trades.delete('other'), trades.delete('other'), trades.has('one'), trades.size]).toEqual([
      true,
      false,
      true,
      1,
    ])
    trades.clear()
    expect(trades.has('one')).toBe(false)
  })
})
