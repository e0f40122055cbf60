import {
  type Command,
  type CommandData,
  developmentKey,
  formatTime,
  type Order,
  parseTime,
  type SigningKey,
  signCommand,
  signOrder,
} from '@novation/events'
import { begin, commandOf, type Step, send, type Wish, worldWith } from './world'

/** The key of a name, always the same one. */
export const keyOf = (name: string): SigningKey => developmentKey('scenario', name)

/** What a name is called in the ledger. */
export const nameOfKey = (name: string): string => keyOf(name).key

export const domain = 'd0'

/** So many seconds after every scenario began. */
export const atSecond =
  (second: number): Step =>
  (world) =>
    worldWith(world, { clock: begin + second * 1000 })

export const timeOf = (second: number): string => formatTime(begin + second * 1000)

interface Signing {
  /** Names of keys whose signature is of another command. */
  readonly forgedBy?: readonly string[]
  readonly domain?: string
  readonly until?: string
}

/** A command that names have signed. */
export const signed = (command: Command, names: readonly string[], signing: Signing = {}): Command => {
  const { forgedBy = [], domain: of = domain, until } = signing
  const wish = { ...command, ...(until === undefined ? {} : { until }) } as Command
  const keys = names.map(keyOf)
  if (keys.length + forgedBy.length === 0) return wish
  const other = signCommand({ ...wish, id: 'another' }, of, forgedBy.map(keyOf))
  const all = [...(signCommand(wish, of, keys).signatures ?? []), ...(other.signatures ?? [])]
  return { ...wish, signatures: all.toSorted((a, b) => (a.key < b.key ? -1 : 1)) }
}

/** A wish that names have signed. */
export const signedBy =
  (names: readonly string[], wish: Wish, signing?: Signing): Step =>
  (world) =>
    send(world, signed(commandOf(world, wish), names, signing))

/** `A operator:anna`: a key by its name, and whom it is to speak for. */
const pairOf = (text: string) => {
  const [name = '', actor = ''] = text.split(' ')
  return { actor, key: nameOfKey(name) }
}

export const adopt = (...keys: readonly string[]): Wish => ({
  type: 'AdoptIdentity',
  data: { domain, keys: keys.map(pairOf) },
})

export const registerKey = (text: string): Wish => ({ type: 'RegisterKey', data: pairOf(text) })

type Revocation = Partial<Pick<CommandData<'RevokeKey'>, 'actor' | 'since' | 'reason'>>

export const revokeKey = (name: string, { reason = 'retired', ...change }: Revocation = {}): Wish => ({
  type: 'RevokeKey',
  data: { key: nameOfKey(name), reason, ...change },
})

export const renewDomain = (to: string): Wish => ({ type: 'RenewDomain', data: { domain: to } })

/** A signed pool of two operators, whose keys are A and B. */
export const adopted: Step = signedBy(['A', 'B'], {
  ...adopt('A operator:anna', 'B operator:ben'),
  actor: 'operator:anna',
})

/** The seconds between a time in the ledger and the beginning. */
export const secondOf = (time: string): number => (parseTime(time) - begin) / 1000

type Consenting = CommandData<'SetConsent'>['consent']

export const openWith = (account: string, consent: Consenting): Wish => ({
  type: 'OpenAccount',
  data: { account, consent },
})

export const setConsent = (account: string, consent: Consenting): Wish => ({
  type: 'SetConsent',
  data: { account, consent },
})

export const cancelOrder = (account: string, id: string, until?: string): Wish => ({
  type: 'CancelOrder',
  data: { account, order: id, ...(until === undefined ? {} : { until }) },
})

interface Ordering {
  readonly by: string
  readonly until?: string
  readonly domain?: string
}

/** `o-1: alice buys 2 BTC-PERP at 100`, signed by a key; for the first hour of a scenario, unless said otherwise. */
export const order = (text: string, { by, until = timeOf(3600), domain: of = domain }: Ordering): Order => {
  const [, id = '', account = '', verb, quantity = '', instrument = '', limit = ''] =
    /^(\S+): (\S+) (buys|sells) (\S+) (\S+) at (\S+)$/.exec(text) ?? []
  if (limit === '') throw new RangeError(`an order is like "o-1: alice buys 2 BTC-PERP at 100", not "${text}"`)
  const side = verb === 'buys' ? 'buy' : 'sell'
  return signOrder({ order: id, account, instrument, side, quantity, limit, until }, of, keyOf(by))
}

/** A trade, and the orders it stands on. */
export const onOrders = (wish: Wish<'ClearTrade'>, ...orders: readonly Order[]): Wish => ({
  ...wish,
  data: { ...wish.data, orders },
})
