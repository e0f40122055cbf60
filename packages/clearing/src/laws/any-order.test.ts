import { variety } from '../kit/histories'
import { asItIs, told } from './altered'
import { noOrderDecides } from './any-order'

describe('that no order decides', () => {
  it('holds in a history of a little of everything', () =>
    expect(told(noOrderDecides, variety, asItIs)).toBeUndefined())

  it('is broken by an event that is another one where everything is held the other way round', () =>
    expect(
      told(noOrderDecides, variety, ({ events, ...so }) => ({
        ...so,
        events: events.map((event) => ({ ...event, id: '' })),
      })),
    ).toContain('the other way round'))
})
