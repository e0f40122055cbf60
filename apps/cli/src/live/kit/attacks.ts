import {
  type Command,
  type CommandData,
  type CommandType,
  developmentKey,
  formatTime,
  type Millis,
  type SigningKey,
  signCommand,
} from '@novation/events'

/** Something that somebody tries, and the code under which it is turned away. */
export interface Attack {
  readonly name: string
  readonly text: string
  readonly code: string
}

const keyOf = (name: string): SigningKey => developmentKey('attacks', name)
const [anna, ben, venue, alice, thief] = ['anna', 'ben', 'venue', 'alice', 'thief'].map(keyOf) as [
  SigningKey,
  SigningKey,
  SigningKey,
  SigningKey,
  SigningKey,
]

/** Of small order: under it one signature would hold for many texts. And one whose y is not reduced. */
const weak = 'ed25519:AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'
const unreduced = 'ed25519:7f_______________________________________38'

const anything = `AQ${'A'.repeat(84)}`

/** A signed pool of two operators, its venue, and alice, who keeps withdrawals and trades to herself; and all that is tried on it. */
export const siege = (pool: string, domain: string, now: Millis) => {
  const wish = <K extends CommandType>(id: string, actor: string, type: K, data: CommandData<K>): Command =>
    ({ id, type, pool, actor, at: formatTime(now), data }) as unknown as Command
  const signed = (command: Command, ...keys: readonly SigningKey[]): Command => signCommand(command, domain, keys)
  const register = (id: string, actor: string, key: SigningKey, ...by: readonly SigningKey[]): Command =>
    signed(wish(id, 'operator:anna', 'RegisterKey', { actor, key: key.key }), ...by)
  const adoption = (id: string) =>
    signed(
      wish(id, 'operator:anna', 'AdoptIdentity', {
        domain,
        keys: [
          { actor: 'operator:anna', key: anna.key },
          { actor: 'operator:ben', key: ben.key },
        ],
      }),
      anna,
      ben,
    )
  const taking = (id: string, actor = 'trader:alice'): Command =>
    wish(id, actor, 'Withdraw', { account: 'alice', asset: 'USD', amount: '1' })

  const begun: readonly Command[] = [
    adoption('adopt'),
    register('key-venue', 'venue', venue, anna, venue),
    register('key-alice', 'trader:alice', alice, anna, alice),
    signed(wish('usd', 'operator:anna', 'RegisterAsset', { asset: 'USD', decimals: 2, settlement: true }), anna),
    signed(wish('open', 'venue', 'OpenAccount', { account: 'alice' }), venue),
    signed(wish('in', 'venue', 'Deposit', { account: 'alice', asset: 'USD', amount: '100' }), venue),
    signed(wish('keep', 'trader:alice', 'SetConsent', { account: 'alice', consent: 'orders' }), alice),
    // Stolen keys: an operator's has registered the thief's for alice, which waits for days; and ben's will be revoked.
    register('key-thief', 'keeper:alice', thief, anna, thief),
    signed(taking('mine'), alice),
    register('key-old', 'venue:old', keyOf('old'), anna, keyOf('old')),
    signed(wish('revoke-old', 'operator:anna', 'RevokeKey', { key: keyOf('old').key, reason: 'compromised' }), anna),
  ]

  const signatureOf = (command: Command, key: SigningKey, of = domain): string =>
    signCommand(command, of, [key]).signatures?.[0]?.signature ?? ''
  const bare = taking('bare')
  const one = { key: alice.key, signature: signatureOf(bare, alice) }
  const with_ = (id: string, change: object): object => ({ ...taking(id), signatures: [one], ...change })
  const attack = (name: string, code: string, record: object): Attack => ({ name, code, text: JSON.stringify(record) })
  const { signatures: _, ...unsigned } = signed(taking('stripped'), alice)

  const refused: readonly Attack[] = [
    attack('signed for another pool', 'bad-signature', signCommand(taking('elsewhere'), 'another', [alice])),
    attack(
      'for another pool, and sent here',
      'unknown-pool',
      signed({ ...taking('away'), pool: 'another' } as Command, alice),
    ),
    attack('its signature stripped', 'unsigned', unsigned),
    attack('its signature doubled', 'malformed', with_('bare', { signatures: [one, one] })),
    attack('with the signature of another command', 'bad-signature', with_('other', {})),
    attack(
      'with another amount',
      'bad-signature',
      with_('bare', { data: { account: 'alice', asset: 'USD', amount: '9' } }),
    ),
    attack('with the signature of a quote', 'bad-signature', {
      ...taking('quote'),
      signatures: [{ key: alice.key, signature: alice.sign('novation/quote/1\n{"price":"1"}') }],
    }),
    attack('the first one again, with a signature that was spoilt', 'bad-signature', {
      ...taking('mine'),
      signatures: [{ ...one, signature: `${one.signature.startsWith('A') ? 'B' : 'A'}${one.signature.slice(1)}` }],
    }),
    attack(
      'by a key of small order',
      'unknown-key',
      with_('weak', { signatures: [{ key: weak, signature: anything }] }),
    ),
    attack(
      'by a key that is not reduced',
      'unknown-key',
      with_('unfit', { signatures: [{ key: unreduced, signature: anything }] }),
    ),
    attack('a key of small order registered', 'bad-signature', {
      ...wish('weak-key', 'operator:anna', 'RegisterKey', { actor: 'venue:w', key: weak }),
      signatures: [
        { key: weak, signature: anything },
        {
          key: anna.key,
          signature: signatureOf(
            wish('weak-key', 'operator:anna', 'RegisterKey', { actor: 'venue:w', key: weak }),
            anna,
          ),
        },
      ].sort((a, b) => (a.key < b.key ? -1 : 1)),
    }),
    attack('by a stranger', 'unknown-key', signed(taking('stranger'), keyOf('nobody'))),
    attack('by the key that waits', 'unknown-key', signed(taking('waiting', 'keeper:alice'), thief)),
    attack(
      'by a key that was revoked',
      'revoked-key',
      signed(wish('old', 'venue:old', 'OpenAccount', { account: 'x' }), keyOf('old')),
    ),
    attack('by an operator in her name', 'unknown-key', signed(taking('operator'), anna)),
    attack(
      'her consent given up by the venue',
      'not-permitted',
      signed(wish('loose', 'venue', 'SetConsent', { account: 'alice', consent: 'venue' }), venue),
    ),
    attack(
      'adoption by the venue',
      'not-permitted',
      signed(wish('coup', 'venue', 'AdoptIdentity', { domain, keys: [] }), venue),
    ),
    attack(
      'a key for another by the venue',
      'not-permitted',
      signed(wish('gift', 'venue', 'RegisterKey', { actor: 'trader:alice', key: thief.key }), venue, thief),
    ),
    attack('of years ahead', 'expired', signed({ ...taking('ahead'), at: '2999-01-01T00:00:00Z' } as Command, alice)),
    attack(
      'wanted until before now',
      'expired',
      signed({ ...taking('late'), at: formatTime(now - 60_000), until: formatTime(now - 30_000) } as Command, alice),
    ),
    attack('over before it was sent', 'malformed', with_('never', { until: formatTime(now - 60_000) })),
    attack('with no signature at all', 'malformed', with_('none', { signatures: [] })),
    attack('with padding', 'malformed', with_('padded', { signatures: [{ ...one, signature: `${one.signature}==` }] })),
    attack(
      'with spare bits',
      'malformed',
      with_('spare', { signatures: [{ ...one, signature: `${one.signature.slice(0, -1)}B` }] }),
    ),
    attack(
      'with seventeen',
      'malformed',
      signed(taking('many'), ...Array.from({ length: 17 }, (_, i) => keyOf(`s${i}`))),
    ),
    attack('with 64 KiB of them', 'malformed', with_('long', { signatures: Array.from({ length: 400 }, () => one) })),
  ]

  const rejected: readonly Attack[] = [
    attack('identity adopted again', 'already-adopted', adoption('again')),
    attack('a key registered without its signature', 'key-missing', register('absent', 'venue:x', keyOf('x'), anna)),
    attack('a key that was revoked, registered anew', 'key-exists', register('back', 'venue:old', keyOf('old'), anna)),
    attack(
      'her key struck out by an operator',
      'not-own-key',
      signed(wish('strike', 'operator:ben', 'RevokeKey', { key: alice.key, reason: 'lost' }), ben),
    ),
    attack('a withdrawal by the venue alone', 'consent-missing', signed(taking('venue', 'venue'), venue)),
  ]
  return { begun, refused, rejected }
}

/** Of each attack, under which code it was set aside: `told` is what was buried, and why. */
export const answersTo = (
  attacks: readonly Attack[],
  told: readonly (readonly string[])[],
): Readonly<Record<string, string>> => {
  const codes = new Map(told.map(([code = '', , text = '']) => [text, code]))
  return Object.fromEntries(attacks.map(({ name, text }) => [name, codes.get(text) ?? 'not turned away']))
}

/** The answers that each must get. */
export const expected = (attacks: readonly Attack[]): Readonly<Record<string, string>> =>
  Object.fromEntries(attacks.map(({ name, code }) => [name, code]))
