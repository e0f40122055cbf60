import { decimal, negate } from '@novation/decimal'
import { left, right } from 'fp-ts/Either'
import { alice, bent, bob, given, price } from '../kit'
import { traitsOf } from '../laws/taken-back'
import { process } from '../ledger/process'
import { rehearse } from '../ledger/rehearse'
import { applyMoves } from './balances'
import { type Book, emptyPool } from './book'
import { healthOf } from './health'
import { judge } from './judge'
import type { Pool } from './pool'
import { post } from './postings'

const world = given(alice.holds('100 USD'), alice.bought('10 BTC-PERP at 100 from bob')).world
const book = (): Book => bent(world.pool, () => undefined)

const aliceIn = (pool: Pool) => {
  const account = pool.accounts.get('alice')
  if (account === undefined) throw new Error('no alice')
  return account
}

const payIn = (to: Book, amount: string): void => to.put(aliceIn(to), 'balances', 'USD', decimal(amount))

describe('an attempt', () => {
  it('is kept where it comes to a right', () => {
    const kept = book()
    expect(kept.attempt(() => right(payIn(kept, '5')))).toMatchObject({ _tag: 'Right' })
    expect(aliceIn(kept).balances.get('USD')).toEqual(decimal('5'))
  })

  it('is taken back, all of it, where it comes to a left', () => {
    const tried = book()
    void tried.holder('trader/alice')
    const before = traitsOf(tried)
    const why = tried.attempt(() => {
      payIn(tried, '5')
      tried.set<Book, 'frozen'>(tried, 'frozen', true)
      tried.put<Book, true>(tried, 'trades', 't', true)
      tried.add(tried, 'calls', 'alice')
      tried.remove(tried, 'holders', 'trader/alice')
      return left('no')
    })
    expect(why).toEqual(left('no'))
    expect(traitsOf(judge(tried))).toBe(before)
    expect(tried.holders.get('trader/alice')).toBe(aliceIn(tried))
  })

  it('is taken back where it throws, and throws the same', () => {
    const tried = book()
    const before = traitsOf(tried)
    const fault = new Error('in the middle')
    const work = () => {
      payIn(tried, '5')
      throw fault
    }
    expect(() => tried.attempt(work)).toThrow(fault)
    expect(traitsOf(judge(tried))).toBe(before)
  })

  it('may stand within another, and a rehearsal within it: what is inside is taken back by itself', () => {
    const tried = book()
    tried.attempt(() => {
      payIn(tried, '5')
      tried.attempt(() => left(payIn(tried, '6')))
      expect(aliceIn(tried).balances.get('USD')).toEqual(decimal('5'))
      tried.rehearse(() => {
        payIn(tried, '7')
        expect(aliceIn(tried).balances.get('USD')).toEqual(decimal('7'))
      })
      expect(() =>
        tried.rehearse(() => {
          payIn(tried, '8')
          throw new Error('inside')
        }),
      ).toThrow('inside')
      expect(aliceIn(tried).balances.get('USD')).toEqual(decimal('5'))
      return left('after all')
    })
    expect(aliceIn(tried).balances.get('USD')).toEqual(decimal('100'))
  })
})

describe('what was worked out for an account', () => {
  it('holds until something of it changes, and not beyond a change that was taken back', () => {
    const now = book()
    const before = healthOf(now, aliceIn(now))
    expect(healthOf(now, aliceIn(now))).toBe(before)
    now.rehearse(() => {
      payIn(now, '5')
      expect(healthOf(now, aliceIn(now)).equity).toEqual(decimal('5'))
    })
    payIn(now, '6')
    expect(healthOf(now, aliceIn(now)).equity).toEqual(decimal('6'))
  })
})

describe('a command rehearsed with others', () => {
  it('leaves nothing, though everybody was judged in between', () => {
    const now = book()
    const before = traitsOf(now)
    const tick = { id: 'x', type: 'PublishPrice', pool: 'main', actor: 'operator' } as const
    const falls = { ...tick, data: { instrument: 'BTC-PERP', price: '1' } }
    const seen = rehearse(now, () => {
      process(now, falls, world.clock)
      return [...now.standing.duties.start]
    })
    expect(seen).toEqual(['alice'])
    expect(traitsOf(now)).toBe(before)
  })
})

describe('a book that is held', () => {
  it('can be taken back to where it was marked, several commands ago', () => {
    const now = book()
    now.hold()
    const mark = now.mark()
    const before = traitsOf(now)
    const open = (account: string) =>
      process(now, { id: account, type: 'OpenAccount', pool: 'main', actor: 'operator', data: { account } }, 0)
    expect([open('x'), open('y')].map(({ tag }) => tag)).toEqual(['decided', 'decided'])
    now.takeBack(mark)
    now.release()
    expect(traitsOf(judge(now))).toBe(before)
    expect(open('x').tag).toBe('decided')
  })
})

describe('a throw in a rehearsal within an attempt', () => {
  it('is thrown on, and takes back all of both', () => {
    const tried = book()
    const before = traitsOf(tried)
    const fault = new Error('in the rehearsal')
    const work = () =>
      tried.attempt(() => {
        payIn(tried, '5')
        tried.put<Book, true>(tried, 'trades', 't-in-the-attempt', true)
        tried.rehearse(() => {
          payIn(tried, '6')
          tried.put<Book, true>(tried, 'trades', 't-in-the-rehearsal', true)
          throw fault
        })
        return right(undefined)
      })
    expect(work).toThrow(fault)
    expect(traitsOf(judge(tried))).toBe(before)
    payIn(tried, '7')
    expect(aliceIn(tried).balances.get('USD')).toEqual(decimal('7'))
  })
})

describe('a book that is held for long', () => {
  const open = (to: Book, account: string) =>
    process(to, { id: account, type: 'OpenAccount', pool: 'main', actor: 'operator', data: { account } }, 0)

  it('forgets up to a place, and can be taken back to any after it', () => {
    const now = book()
    now.hold()
    open(now, 'x')
    const mark = now.mark()
    const after = traitsOf(now)
    open(now, 'y')
    const later = now.mark()
    now.forget(mark)
    open(now, 'z')
    now.takeBack(later)
    expect([now.accounts.has('y'), now.accounts.has('z')]).toEqual([true, false])
    now.takeBack(mark)
    expect(traitsOf(judge(now))).toBe(after)
  })

  it('cannot be taken back to what it has forgotten', () => {
    const now = book()
    now.hold()
    const mark = now.mark()
    open(now, 'x')
    now.forget(now.mark())
    expect(() => now.takeBack(mark)).toThrow('what was forgotten cannot be taken back')
    expect(now.accounts.has('x')).toBe(true)
  })
})

describe('a book that is folded', () => {
  it('knows a name of the books once, and it leads to the same record ever after', () => {
    const now = book()
    const slot = now.holder('trader/alice/BTC-PERP')
    expect(slot).toBe(aliceIn(now).positions.get('BTC-PERP'))
    expect(now.holder('trader/alice')).toBe(aliceIn(now))
    expect(now.holder('dust')).toBe(now.dust)
    expect(() => emptyPool('main').holder('trader/alice')).toThrow('there is no such account')
    expect(() => now.holder('trader/alice/XXX')).toThrow('there is no such instrument')
  })

  it('finds the record of a position again once it is closed, though nobody has named it', () => {
    const now = book()
    const position = aliceIn(now).positions.get('BTC-PERP')
    if (position === undefined) throw new Error('no position')
    applyMoves(now, [
      ...post(position, 'BTC-PERP', negate(position.quantity)),
      ...post(position, 'USD', negate(position.cash)),
    ])
    expect(aliceIn(now).positions.size).toBe(0)
    expect(now.slot(aliceIn(now), position.instrument)).toBe(position)
  })
})

describe('a scenario', () => {
  it('goes on from an earlier world as if nobody else had', () => {
    const fallen = given(alice.holds('100 USD'), bob.holds('1 USD'), price('BTC-PERP', '100'))
    fallen.when(alice.withdraws('100 USD')).then(alice.stands({ equity: '0' }))
    fallen.when(alice.withdraws('40 USD')).then(alice.stands({ equity: '60' }))
  })
})
