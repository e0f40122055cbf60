import { add, decimal, divideCeil, divideFloor, format, max, min, negate, one, zero } from '@novation/decimal'
import { formatTime, type LedgerEvent } from '@novation/events'
import fc from 'fast-check'
import { recordedMoves } from './moves'

interface Tick {
  readonly at: number
  readonly price: number
}

const eventOf = ({ at, price }: Tick): LedgerEvent =>
  ({ type: 'PriceTick', at: formatTime(at), data: { instrument: 'X', price: String(price) } }) as unknown as LedgerEvent

const ticks = fc
  .array(fc.record({ wait: fc.integer({ min: 0, max: 5 }), price: fc.integer({ min: 1, max: 12 }) }), { minLength: 1 })
  .map((steps) => {
    let at = 0
    return steps.map(({ wait, price }): Tick => {
      at += wait
      return { at, price }
    })
  })

/** Every tick against every one before it that is near enough. */
const byLooking = (seen: readonly Tick[], holding_ms: number) => {
  let [fall, rise] = [zero, zero]
  for (const [i, now] of seen.entries())
    for (const then of seen.slice(0, i)) {
      if (now.at - then.at > holding_ms) continue
      const [price, before] = [decimal(String(now.price)), decimal(String(then.price))]
      fall = min(fall, add(divideFloor(price, before, 12), negate(one)))
      rise = max(rise, add(divideCeil(price, before, 12), negate(one)))
    }
  return { fall: format(fall), rise: format(rise) }
}

describe('the worst moves of a price', () => {
  it('are those between any two ticks that lie no further apart than the holding period', () =>
    fc.assert(
      fc.property(ticks, fc.integer({ min: 0, max: 12 }), (seen, holding_ms) => {
        const moves = recordedMoves(holding_ms)
        for (const tick of seen) moves.read(eventOf(tick))
        const { fall, rise } = moves.worstOf('X')
        expect({ fall: format(fall), rise: format(rise) }).toEqual(byLooking(seen, holding_ms))
        expect(format(moves.priceOf('X') ?? zero)).toBe(String(seen.at(-1)?.price))
      }),
    ))
})
