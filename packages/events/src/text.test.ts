import { Actor, AmountText, BookAccount, Count, DueId, LiquidationId, Reason, Remark, Seconds } from './text'

describe('a remark', () => {
  it('counts characters, not UTF-16 units', () => {
    expect(Remark.is('😀'.repeat(256))).toBe(true)
    expect(Remark.is('😀'.repeat(257))).toBe(false)
    expect(Reason.is('é'.repeat(1000))).toBe(true)
    expect(Reason.is('é'.repeat(1001))).toBe(false)
  })

  it.each(['\u0000', 'a\nb', '\u001b[31m', '\u007f', '\ud800', 'a\udc00'])('is printable, unlike %j', (text) => {
    expect(Remark.is(text)).toBe(false)
    expect(Reason.is(text)).toBe(false)
  })
})

describe('what falls due', () => {
  it('may be an account of one letter, or a liquidation of the longest account', () => {
    expect(DueId.is('a')).toBe(true)
    expect(DueId.is(`${'x'.repeat(64)}:1`)).toBe(true)
    expect(DueId.is('')).toBe(false)
  })
})

describe('a liquidation', () => {
  it('of the longest account has room for its number', () => {
    expect(LiquidationId.is(`${'x'.repeat(64)}:${'9'.repeat(15)}`)).toBe(true)
    expect(LiquidationId.is('a:1')).toBe(true)
    expect(LiquidationId.is('a/b:1')).toBe(false)
  })
})

describe('an amount in an event', () => {
  it('carries more places than a command may write, and no exponent', () => {
    expect(AmountText.is(`-${'9'.repeat(120)}.${'1'.repeat(120)}`)).toBe(true)
    for (const text of ['1'.repeat(121), `0.${'1'.repeat(121)}`, '1e3', '+1', '.5', '5.', '1\n'])
      expect([text, AmountText.is(text)]).toEqual([text, false])
  })
})

describe('an account of the books', () => {
  it('has room for the longest position', () => {
    expect(BookAccount.is(`trader/${'x'.repeat(64)}/${'y'.repeat(64)}`)).toBe(true)
    expect(BookAccount.is('trader/a b')).toBe(false)
  })
})

describe('an actor', () => {
  it('is a role of at most 32 small letters', () => {
    expect(Actor.is('x'.repeat(32))).toBe(true)
    expect(Actor.is('x'.repeat(33))).toBe(false)
  })
})

describe('a whole number', () => {
  it('lies between its bounds, both allowed', () => {
    expect([0, 315_360_000, 315_360_001, -1, 0.5].map(Seconds.is)).toEqual([true, true, false, false, false])
    expect([Number.MAX_SAFE_INTEGER, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, '1'].map(Count.is)).toEqual([
      true,
      false,
      false,
      false,
      false,
    ])
  })
})
