import type { Book } from '@novation/clearing'
import {
  type Command,
  type CommandData,
  type CommandType,
  formatTime,
  type LedgerEvent,
  signCommand,
} from '@novation/events'
import type { Dice } from '../engine/dice'
import { keyDelay_s } from './faithless'
import { domainOf, keyOf, operators, others, ownerOf } from './keys'
import { begin } from './scene'
import { type Sending, sending } from './sending'
import { standing } from './signing'
import { hasSources, sourcesIn } from './sources'
import type { Traits } from './traits'

/** Whether commands are signed in such a world. */
export const isSigned = (traits: Traits): boolean => traits.has('signed') || traits.has('thief') || hasSources(traits)

/** A signed world begins so much earlier: a ledger whose clock has no key yet stops at the first due time. */
export const lead_ms = (traits: Traits): number => (isSigned(traits) ? 30_000 : 0)

const named = (actor: string) => ({ actor, key: keyOf(actor)?.key ?? '' })

/** The operators adopt identity before anything else is asked. */
export const adoption = (pool: string, traits: Traits): readonly Sending[] => {
  if (!isSigned(traits)) return []
  const first_ms = -lead_ms(traits)
  // From adoption on the wait of keys only grows.
  const shorter = traits.has('liars') ? [sending(pool, first_ms, 'key-delay', 'SetPoolParameters', { keyDelay_s })] : []
  const at_ms = first_ms + (shorter.length > 0 ? 2_000 : 0)
  const domain = domainOf(pool)
  const command: Command = {
    id: 'adopt',
    type: 'AdoptIdentity',
    pool,
    actor: operators[0],
    at: formatTime(begin + at_ms),
    data: { domain, keys: operators.map(named) },
  }
  return [
    ...shorter,
    {
      at_ms,
      key: pool,
      text: JSON.stringify(
        signCommand(
          command,
          domain,
          operators.flatMap((each) => keyOf(each) ?? []),
        ),
      ),
    },
  ]
}

const asked = <K extends CommandType>(
  pool: string,
  id: string,
  type: K,
  data: CommandData<K>,
  actor: string,
): Sending => sending(pool, 0, id, type, data, actor)

const consents = ['venue', 'withdrawals', 'orders', 'orders'] as const

/** What operators and owners do about keys when they see an event: register everybody, say what must be signed, take orders back. */
export const identityAfter = (
  dice: Dice,
  traits: Traits,
  { identity }: Book,
  event: LedgerEvent,
): readonly Sending[] => {
  const { type, data, pool, revision } = event
  const sources = hasSources(traits) ? sourcesIn(traits).map(({ source }) => `source:${source}`) : []
  if (type === 'IdentityAdopted')
    return [...others, ...sources].map((actor) =>
      asked(pool, `key-${actor}`, 'RegisterKey', named(actor), operators[0]),
    )
  if (identity === undefined) return []
  if (type === 'AccountOpened' && keyOf(ownerOf(data.account)) !== undefined) {
    const { account } = data
    return [
      asked(pool, `consent-${account}`, 'SetConsent', { account, consent: dice.pick(consents) }, ownerOf(account)),
    ]
  }
  if (type !== 'TradeCleared' || !dice.chance(0.4)) return []
  const filled = (data.fills ?? []).find((fill) => fill.order.startsWith(standing))
  if (filled === undefined) return []
  const { account, order, until } = filled
  return [asked(pool, `cancel-${revision}`, 'CancelOrder', { account, order, until }, ownerOf(account))]
}
