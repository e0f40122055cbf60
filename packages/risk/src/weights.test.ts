import { decimal, format } from '@novation/decimal'
import { weightsOf } from '.'

const weights = (...items: readonly (readonly [string, string])[]) =>
  weightsOf(items.map(([required, value]) => ({ required: decimal(required), value: decimal(value) }))).map(format)

describe('weightsOf', () => {
  it('weighs by what is required, though some require nothing', () =>
    expect(weights(['3', '100'], ['0', '900'])).toEqual(['3', '0']))
  it('weighs by value, whatever its sign, where nothing is required', () =>
    expect(weights(['0', '-100'], ['0', '900'])).toEqual(['100', '900']))
  it('weighs alike where nothing is worth anything either', () =>
    expect(weights(['0', '0'], ['0', '0'])).toEqual(['1', '1']))
})
