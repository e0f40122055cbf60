import { adopt, adopted, openWith, registerKey, renewDomain, revokeKey, setConsent, signedBy } from '../identity'
import { as, deposit, open, withdraw } from '../wishes'
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
  {
    command: 'SetConsent',
    given: [open('alice')],
    rungs: [
      rung('unknown-account', as('trader:nobody', setConsent('nobody', 'withdrawals'))),
      rung('not-adopted', as('trader:alice', setConsent('alice', 'withdrawals'))),
      rung(
        'accepted',
        signedBy(['K'], as('trader:alice', setConsent('alice', 'withdrawals'))),
        ...[adopted, ...ofAlice],
      ),
    ],
  },
  {
    command: 'OpenAccount',
    given: [open('alice')],
    rungs: [
      rung('account-exists', openWith('alice', 'withdrawals')),
      rung('not-adopted', openWith('bob', 'withdrawals')),
      rung('accepted', byAnna(openWith('bob', 'withdrawals')), adopted),
    ],
  },
  {
    command: 'Withdraw',
    given: [adopted, byAnna(openWith('alice', 'withdrawals')), byAnna(registerKey('K trader:alice'), 'K')],
    rungs: [
      rung('unknown-account', byAnna(withdraw('nobody', '-0.001 XXX'))),
      rung('unknown-asset', byAnna(withdraw('alice', '-0.001 XXX'))),
      rung('consent-missing', byAnna(withdraw('alice', '-0.001 USD'))),
      rung('too-many-places', byAnna(withdraw('alice', '-0.001 USD'), 'K')),
      rung('accepted', byAnna(withdraw('alice', '1 USD'), 'K'), byAnna(deposit('alice', '1 USD'))),
    ],
  },
]
