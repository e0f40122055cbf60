import { adopt, adopted, registerKey, renewDomain, revokeKey, signedBy } from '../identity'
import { as, open } from '../wishes'
import type { Step, Wish } from '../world'
import { type Ladder, rung } from './ladder'

/** Asked by anna with her key A, and those beside it. */
const byAnna = (wish: Wish, ...others: readonly string[]): Step => signedBy(['A', ...others], as('operator:anna', wish))

/** K is alice's; what she registers herself waits for a day. */
const ofAlice: readonly Step[] = [byAnna(registerKey('K trader:alice'), 'K'), byAnna(registerKey('V venue'), 'V')]

export const identityLadders: readonly Ladder[] = [
  {
    command: 'AdoptIdentity',
    given: [],
    rungs: [
      rung('key-missing', adopt('A venue', 'B venue')),
      rung('bad-parameter', signedBy(['A', 'B'], adopt('A venue', 'B venue'))),
      rung('bad-parameter', signedBy(['A'], adopt('A operator'))),
      rung('bad-parameter', signedBy(['A'], adopt('A operator:anna', 'A operator:ben'))),
      rung('bad-parameter', adopt()),
      rung('accepted', signedBy(['A', 'B'], adopt('A operator:anna', 'B operator:ben'))),
    ],
  },
  {
    command: 'AdoptIdentity',
    given: [adopted],
    rungs: [rung('already-adopted', byAnna(adopt('A venue', 'B venue')))],
  },
  {
    command: 'RenewDomain',
    given: [],
    rungs: [
      rung('not-adopted', renewDomain('d0')),
      rung('bad-parameter', byAnna(renewDomain('d0')), adopted),
      rung('accepted', byAnna(renewDomain('d1'))),
    ],
  },
  {
    command: 'RegisterKey',
    given: [open('alice')],
    rungs: [
      rung('not-adopted', registerKey('A nobody')),
      rung('key-exists', byAnna(registerKey('K trader:alice')), adopted, ...ofAlice),
      rung('key-missing', byAnna(registerKey('V nobody'))),
      rung('bad-parameter', byAnna(registerKey('V nobody'), 'V')),
      rung('accepted', byAnna(registerKey('V venue:b'), 'V')),
    ],
  },
  {
    command: 'RevokeKey',
    given: [open('alice')],
    rungs: [
      rung('unknown-key', revokeKey('K')),
      rung('unknown-key', byAnna(revokeKey('X')), adopted, ...ofAlice),
      rung('not-own-key', byAnna(revokeKey('K'))),
      rung('last-key', byAnna(revokeKey('A')), byAnna(revokeKey('B'))),
      rung('accepted', byAnna(revokeKey('V'))),
    ],
  },
]
