import type { Chain } from '@novation/client'
import { count, number } from './counts'

/** How one check went where the gateway did it. */
interface Checked {
  readonly check: string
  readonly outcome: 'held' | 'broken' | 'ended' | 'not-asked'
  readonly through: number
  readonly reason?: string
}

/** What comes of a verification that the gateway does, as the command line says it. */
export interface Verification {
  readonly sound: boolean
  readonly events: number
  readonly decidedAgain: number
  readonly checks: readonly Checked[]
}

/** What somebody has signed of the ledger, as far as it goes: how many, and the last of them. */
export interface Vouched {
  readonly count: number
  readonly last: number
}

export const chainSaid = (chain: Chain): string =>
  chain.sound
    ? `Sound: ${count(chain.events, 'event')} follow each from the one before, and what each moves sums to zero.`
    : `Not sound: event ${number(chain.revision)} does not follow from what is before it: ${chain.why}.`

export const vouchedSaid = ({ count: many, last }: Vouched): string =>
  `The key has signed it: ${count(many, 'checkpoint')}, the last at revision ${number(last)}.`

export const decisionsSaid = ({ sound, decidedAgain, checks }: Verification): string => {
  const broken = checks.find(({ outcome }) => outcome === 'broken')
  return sound
    ? `The gateway decided ${count(decidedAgain, 'command')} again, and each came to what is recorded.`
    : `The gateway does not find it sound: ${broken?.check ?? 'a check'} holds up to revision ${number(broken?.through ?? -1)}; ${broken?.reason ?? 'it says no more'}.`
}
