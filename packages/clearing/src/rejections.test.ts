import { commandData, isCommandType } from '@novation/events'
import { accepted, given, rejected } from './kit'
import { type Ladder, ladders } from './kit/ladders'
import { type RejectionCode, rejections } from './rejections'

/** Neighbours in the published order that nothing can meet at once. */
const apart: Readonly<Record<string, string>> = {
  'unknown-asset, unknown-liquidation': 'no command names both an asset and a liquidation',
  'unknown-liquidation, unknown-index': 'what names a liquidation names no index',
  'unknown-index, unknown-key': 'a revocation names no index',
  'unknown-key, name-taken': 'what names a key gives no new name',
  'name-taken, account-exists': 'assets and instruments have names of their own, accounts others',
  'account-exists, duplicate-trade': 'opening an account is no trade',
  'duplicate-trade, unknown-trade': 'the first turns down a trade, the second a bust',
  'unknown-trade, already-adopted': 'a bust adopts no identity',
  'already-adopted, not-adopted': 'a pool is either',
  'key-missing, not-own-key': 'the first turns down a registration, the second a revocation',
  'last-key, consent-missing': 'the first turns down a revocation, the second a withdrawal',
  'consent-missing, order-missing': 'the first turns down a withdrawal or a bid, the second a trade',
  'order-exceeded, no-equivocation': 'the first turns down a trade, the second a report',
  'no-equivocation, not-supported': 'a report names no kind of instrument',
  'no-risk-model, signed-prices-only': 'a price needs no model',
  'bad-surface, not-settlement-asset': 'a surface names no asset that anything settles in',
  'not-covered, not-fixed':
    'the first turns down what is settled at an index of its own, the second what ends with others',
  'not-fixed, already-settled': 'what is settled has had its price',
  'reduce-only, not-expired': 'the first turns down a trade, the second a settlement',
  'already-settled, under-liquidation': 'a settlement, a price and funding concern no account',
  'under-liquidation, price-out-of-order': 'a price concerns no account',
  'price-out-of-order, beyond-band': 'a price is no trade',
  'too-soon, too-late': 'the first turns down funding, the second a bid',
  'too-late, nothing-due': 'a bid is due whenever it is made',
  'nothing-due, insufficient-balance': 'only a withdrawal needs a balance, and it is due when it is asked',
  'insufficient-balance, over-cap': 'the first turns down a withdrawal, the second a deposit',
  'over-cap, not-matured': 'the first turns down a deposit, the second a withdrawal',
  'held-back, still-liable': 'the first turns down a withdrawal, the second a bond',
  'still-liable, stale-price': 'a bond asks for no price',
  'beyond-limit, backstop-first': 'the first turns down a bid, the second a deleveraging',
  'backstop-first, insufficient-margin': 'the first turns down a deleveraging, the second a bid',
  'too-large, nothing-to-cover': 'a cover of losses gives nobody new risk',
}

const codesOf = ({ rungs }: Ladder): readonly RejectionCode[] =>
  rungs.flatMap(({ code }) => (code === 'accepted' ? [] : [code]))

const neighbours = rejections.slice(1).map((code, i) => [rejections[i], code].join(', '))

const met = new Set(
  ladders.flatMap((ladder) => {
    const codes = codesOf(ladder)
    return codes.slice(1).map((code, i) => [codes[i], code].join(', '))
  }),
)

describe('of all the reasons that apply, the first in the published order is named', () => {
  describe.each(ladders.map((ladder) => [ladder.command, ladder] as const))('%s', (_, { given: world, rungs }) => {
    it.each(rungs.map((rung, i) => [i + 1, rung.code, rung] as const))('rung %i: %s', (count, code, { wish }) => {
      const before = rungs.slice(0, count).flatMap(({ mend = [] }) => mend)
      given(...world, ...before)
        .when(wish)
        .then(code === 'accepted' ? accepted : rejected(code))
    })
  })

  it('and each ladder goes down the published order', () => {
    for (const ladder of ladders) {
      const places = codesOf(ladder).map((code) => rejections.indexOf(code))
      expect([ladder.command, ...places]).toEqual([ladder.command, ...[...places].sort((a, b) => a - b)])
    }
  })

  it('and every code is met on some ladder', () => {
    expect(new Set(ladders.flatMap(codesOf))).toEqual(new Set(rejections))
  })

  it('and every command has a ladder', () => {
    expect(new Set(ladders.map(({ command }) => command))).toEqual(
      new Set(Object.keys(commandData).filter(isCommandType)),
    )
  })

  it.each(neighbours)('and %s meet on a ladder, or it is said why they cannot', (pair) => {
    expect(met.has(pair)).toBe(apart[pair] === undefined)
  })
})
