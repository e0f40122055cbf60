import type { EventFilter } from '@novation/audit'
import { eventTypes, isEventType } from '@novation/events'
import { type Either, left, right } from 'fp-ts/Either'
import * as t from 'io-ts'

const kinds = 'type:… and account:…, separated by commas'

const withPart = ({ types, accounts }: EventFilter, part: string): Either<string, EventFilter> => {
  const colon = part.indexOf(':')
  const [kind, value] = [part.slice(0, Math.max(colon, 0)), part.slice(colon + 1)]
  const shown = JSON.stringify(part.slice(0, 60))
  if (value === '') return left(`${shown} names nothing; expected ${kinds}`)
  switch (kind) {
    case 'type':
      return isEventType(value)
        ? right({ types: [...types, value], accounts })
        : left(`no event is called ${JSON.stringify(value.slice(0, 60))}; there is ${eventTypes.join(', ')}`)
    case 'account':
      return right({ types, accounts: [...accounts, value] })
    default:
      return left(`${shown} is no condition; expected ${kinds}`)
  }
}

const read = (text: string): Either<string, EventFilter> => {
  let filter: EventFilter = { types: [], accounts: [] }
  for (const part of text.split(',')) {
    const more = withPart(filter, part.trim())
    if (more._tag === 'Left') return more
    filter = more.right
  }
  return right(filter)
}

/** `type:PriceTick,account:alice`; what is no condition, and a type that no event has, is refused with what there is. */
export const EventFilterText = new t.Type<EventFilter, EventFilter, unknown>(
  kinds,
  (u): u is EventFilter => typeof u === 'object',
  (u, context) => {
    const filter = read(String(u))
    return filter._tag === 'Left' ? t.failure(u, context, filter.left) : t.success(filter.right)
  },
  t.identity,
)
