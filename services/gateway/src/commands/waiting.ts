import { keyOf } from '@novation/clearing'
import type { Command, LedgerEvent } from '@novation/events'
import type { Delivery } from '@novation/platform'
import { type Problem, type ProblemCode, problem, problems } from '../http/problems'
import { type CommandOutcome, outcomeOf, wishOf } from './outcomes'

/** A command that is on its way. */
export interface Sent {
  /** Of the request that sent it: its dead letter would carry it. */
  readonly request: string
  readonly command: Command
  readonly wish: string
  readonly sent_at: number
  readonly outcome: Promise<CommandOutcome>
  readonly settle: (outcome: CommandOutcome) => void
}

/** The header by which a record, and its dead letter, is known to be of a request. */
export const requestHeader = 'novation_request'

/** So many commands may be on their way, and so many refusals are remembered for who asks later. */
export const waitingLimit = 10_000
/** One of which nothing was heard for so long was lost, or is somebody else's: whoever wants it sends it again. */
const forgotten_ms = 300_000

const nameOf = ({ pool, ...key }: Pick<Command, 'pool' | 'actor' | 'id'>): string => `${pool} ${keyOf(key)}`

/** Why the ledger turned a record away, as its dead letter says it. */
const refusalIn = ({ headers }: Delivery): Problem => {
  const { dead_reason: code = '', dead_text: text = '' } = headers
  return Object.hasOwn(problems, code) ? problem(code as ProblemCode, text) : problem('malformed', `${code}: ${text}`)
}

/** Every command this gateway has sent and not heard of yet, and what it heard of those that left no trace in the ledger. */
export const startWaiting = (now: () => number) => {
  const byRequest = new Map<string, Sent>()
  const byName = new Map<string, Set<Sent>>()
  const refusals = new Map<string, Problem>()

  const over = (sent: Sent): void => {
    const name = nameOf(sent.command)
    const others = byName.get(name)
    byRequest.delete(sent.request)
    others?.delete(sent)
    if (others?.size === 0) byName.delete(name)
  }

  const settle = (sent: Sent, outcome: CommandOutcome): void => {
    over(sent)
    sent.settle(outcome)
  }

  const forget = (): void => {
    for (const sent of byRequest.values()) {
      if (now() - sent.sent_at < forgotten_ms) return
      over(sent)
    }
  }

  const remember = (name: string, refusal: Problem): void => {
    refusals.delete(name)
    refusals.set(name, refusal)
    const [oldest] = refusals.keys()
    if (refusals.size > waitingLimit && oldest !== undefined) refusals.delete(oldest)
  }

  return {
    /** How many are on their way. */
    size: (): number => {
      forget()
      return byRequest.size
    },
    /** The same wish, where it is on its way already. */
    same: (command: Command, wish: string): Sent | undefined =>
      [...(byName.get(nameOf(command)) ?? [])].find((sent) => sent.wish === wish),
    isWaiting: (key: Pick<Command, 'pool' | 'actor' | 'id'>): boolean => byName.has(nameOf(key)),
    refusal: (key: Pick<Command, 'pool' | 'actor' | 'id'>): Problem | undefined => refusals.get(nameOf(key)),

    begin: (request: string, command: Command): Sent => {
      let settleIt: Sent['settle'] = () => undefined
      const outcome = new Promise<CommandOutcome>((resolve) => {
        settleIt = resolve
      })
      const sent = { request, command, wish: wishOf(command), sent_at: now(), outcome, settle: settleIt }
      const name = nameOf(command)
      byRequest.set(request, sent)
      byName.set(name, (byName.get(name) ?? new Set<Sent>()).add(sent))
      refusals.delete(name)
      return sent
    },
    /** It never went out. */
    withdraw: over,

    /** A command was decided: whoever waits for that wish hears how. Who used its id for another wish hears by dead letter. */
    decided: ([first]: readonly LedgerEvent[]): void => {
      const command = first?.metadata.command
      const waiting = command === undefined ? undefined : byName.get(nameOf(command))
      if (first === undefined || command === undefined || waiting === undefined) return
      const wish = wishOf(command)
      for (const sent of [...waiting]) if (sent.wish === wish) settle(sent, outcomeOf(first))
    },
    /** A record was turned away: where it was sent from here, who sent it hears why. */
    buried: (letter: Delivery): void => {
      const sent = byRequest.get(letter.headers[requestHeader] ?? '')
      if (sent === undefined) return
      const refusal = refusalIn(letter)
      remember(nameOf(sent.command), refusal)
      settle(sent, { tag: 'refused', problem: refusal })
    },
  }
}

export type Waiting = ReturnType<typeof startWaiting>
