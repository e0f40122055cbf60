import { nameOf, roleOf } from '@novation/events'

/** Everybody who may be let in: those who may send something, and auditors, who only look. */
export const grantedRoles = ['operator', 'venue', 'oracle', 'auditor', 'trader', 'keeper'] as const
export type GrantedRole = (typeof grantedRoles)[number]

/** How much somebody sees: a whole pool; what is everybody's and his own account; the totals. */
export type Sight = 'pool' | 'own' | 'public'

/** Who asks, and what that allows. */
export interface Grant {
  /** Public: it stands in logs. */
  readonly id: string
  /** Under what his requests are counted. */
  readonly counted: string
  readonly sight: Sight
  /** Whose account it is that is seen, where it is only that. */
  readonly account: string | undefined
  /** Whether long work is done for him. */
  readonly audits: boolean
  /** Who sends; nobody may where it is undefined. `named` where each command names its sender itself. */
  readonly sender: string | 'named' | undefined
  /** Undefined where it is all of them. */
  readonly pools: ReadonlySet<string> | undefined
  /** Requests a second; none where nobody counts. */
  readonly rates: { readonly reads: number; readonly commands: number } | undefined
}

/** Whoever is on this machine, where nobody is asked who he is. */
export const anybody: Grant = {
  id: 'anybody',
  counted: 'anybody',
  sight: 'pool',
  account: undefined,
  audits: true,
  sender: 'named',
  pools: undefined,
  rates: undefined,
}

/** Those whose work is to send send more. */
const ratesOf = (role: GrantedRole): Exclude<Grant['rates'], undefined> => ({
  reads: 100,
  commands: role === 'venue' || role === 'oracle' || role === 'operator' ? 5_000 : 50,
})

/** The role of an actor, where it is one that is let in. A trader or keeper has a name: it is his account. */
export const grantedRole = (actor: string): GrantedRole | undefined => {
  const word = actor === 'auditor' || actor.startsWith('auditor:') ? 'auditor' : roleOf(actor)
  const role = grantedRoles.find((one) => one === word)
  const isNamed = nameOf(actor) !== undefined
  return (role === 'trader' || role === 'keeper') && !isNamed ? undefined : role
}

/** What an actor is allowed, as far as these pools. */
export const grantTo = (id: string, actor: string, role: GrantedRole, pools: Grant['pools']): Grant => {
  const isOwn = role === 'trader' || role === 'keeper'
  return {
    id,
    counted: id,
    sight: isOwn ? 'own' : 'pool',
    account: isOwn ? nameOf(actor) : undefined,
    audits: role === 'operator' || role === 'auditor',
    sender: role === 'auditor' ? undefined : actor,
    pools,
    rates: ratesOf(role),
  }
}

/** Nobody's name: whoever sees only the account of nobody sees no account. */
const noAccount = ''

/** What whoever has no token is allowed, counted by where he asks from. */
export const grantToPublic = (address: string): Grant => ({
  id: 'public',
  counted: `address ${address}`,
  sight: 'public',
  account: noAccount,
  audits: false,
  sender: undefined,
  pools: undefined,
  rates: { reads: 100, commands: 0 },
})
