import { variety } from '../kit/histories'
import { noOrderDecides } from './any-order'
import type { Append } from './append'
import { appendsOf } from './lawful'

/** Each append is good until the next. */
const told = (shown: (append: Append) => Append): string | undefined => {
  for (const append of appendsOf(variety.events)) {
    const broken = noOrderDecides(shown(append))
    if (broken !== undefined) return broken
  }
  return undefined
}

describe('that no order decides', () => {
  it('holds in a history of a little of everything', () => expect(told((append) => append)).toBeUndefined())

  it('is broken by an event that is another one where everything is held the other way round', () =>
    expect(told(({ events, ...so }) => ({ ...so, events: events.map((event) => ({ ...event, id: '' })) }))).toContain(
      'the other way round',
    ))
})
