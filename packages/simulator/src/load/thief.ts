import type { Book } from '@novation/clearing'
import { type Command, formatTime, type LedgerEvent, type Millis, type SigningKey, signCommand } from '@novation/events'
import type { Dice } from '../engine/dice'
import { elsewhere, keyOf, operators, ownerOf, thief } from './keys'
import { traders } from './scene'
import type { Sending } from './sending'

/** Somebody who hears all that is said, and has stolen the keys of the venue and of an operator. */
interface Opportunity {
  readonly dice: Dice
  readonly domain: string
  readonly now: Millis
  readonly event: LedgerEvent
  readonly account: string
}

const bent = (signature: string): string => `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`

type Wish = Pick<Command, 'type' | 'data' | 'actor'>

/** A command of the thief's own, signed with whatever keys it has. */
const own = (
  { domain, now, event }: Opportunity,
  name: string,
  wish: Wish,
  ...keys: readonly (SigningKey | undefined)[]
) =>
  signCommand(
    { id: `thief-${name}-${event.revision}`, pool: event.pool, at: formatTime(now), ...wish } as Command,
    domain,
    keys.flatMap((key) => key ?? []),
  )

const taking = (account: string, actor: string): Wish => ({
  type: 'Withdraw',
  data: { account, asset: 'USD', amount: '1' },
  actor,
})

/** What was said, said again otherwise. */
const spoilt = ({ dice, event }: Opportunity): object | undefined => {
  const { command } = event.metadata
  const [first, ...rest] = command?.signatures ?? []
  if (command === undefined || first === undefined) return undefined
  const { signatures: _, ...wish } = command
  const id = `thief-${command.id}`
  return dice.pick<object>([
    { ...command, signatures: [{ ...first, signature: bent(first.signature) }, ...rest] },
    { ...command, id },
    { ...wish, id },
    { ...command, signatures: [first, first, ...rest] },
    JSON.parse(JSON.stringify({ ...command, id }).replace(/"(quantity|amount)":"[^"]*"/, '"$1":"7"')) as object,
  ])
}

const venue = (): SigningKey | undefined => keyOf('venue')
const operator = (): SigningKey | undefined => keyOf(operators[1])

const attempts: readonly [Attempt, ...Attempt[]] = [
  spoilt,
  spoilt,
  // The venue's key alone, and a trade that nobody ordered, or that the thief has.
  (at) => own(at, 'venue', taking(at.account, 'venue'), venue()),
  // A key that was never registered, and one that an operator's stolen key has registered: it waits for days.
  (at) => own(at, 'stranger', taking(at.account, `trader:${at.account}`), thief),
  (at) =>
    own(
      at,
      'key',
      { type: 'RegisterKey', data: { actor: `trader:${at.account}`, key: thief.key }, actor: operators[1] },
      operator(),
      thief,
    ),
  // What an owner has signed for another house.
  (at) =>
    own({ ...at, domain: elsewhere }, 'elsewhere', taking(at.account, ownerOf(at.account)), keyOf(ownerOf(at.account))),
  // An owner's key struck out, or what it keeps given up.
  (at) =>
    own(
      at,
      'revoke',
      { type: 'RevokeKey', data: { key: keyOf(ownerOf(at.account))?.key ?? '', reason: 'lost' }, actor: operators[1] },
      operator(),
    ),
  (at) =>
    own(
      at,
      'consent',
      { type: 'SetConsent', data: { account: at.account, consent: 'venue' }, actor: `trader:${at.account}` },
      thief,
    ),
]

type Attempt = (at: Opportunity) => object | undefined

/** What a thief makes of an event that it hears of. */
export const theftsAfter = (dice: Dice, { identity }: Book, event: LedgerEvent, now: Millis): readonly Sending[] => {
  if (identity === undefined || !dice.chance(0.3)) return []
  const made = dice.pick(attempts)({ dice, domain: identity.domain, now, event, account: dice.pick(traders) })
  return made === undefined ? [] : [{ at_ms: dice.whole(0, 3_000), key: event.pool, text: JSON.stringify(made) }]
}
