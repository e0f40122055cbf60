import type { Command } from '@novation/events'
import {
  callMargin,
  deposit,
  given,
  open,
  parameters,
  price,
  type Sent,
  startLiquidation,
  type Wish,
  type World,
  withdraw,
} from '../kit'
import {
  adopt,
  atSecond,
  nameOfKey,
  openWith,
  registerKey,
  revokeKey,
  secondOf,
  setConsent,
  signed,
  timeOf,
} from '../kit/identity'
import { commandOf, type Step, send } from '../kit/world'
import { signersOf } from './signers'

interface More {
  /** Names of keys whose signature does not hold. */
  readonly forgedBy?: readonly string[]
  readonly until?: number
  /** When the sender says it was sent. */
  readonly sent?: number
  readonly pool?: string
  readonly id?: string
}

/** At a second, somebody asks, signed by these keys; what came of it, and who vouches for it afterwards. */
type Line = readonly [
  second: number,
  actor: string,
  wish: Wish,
  keys: string,
  outcome: string,
  signers: string,
  more?: More,
]

const words = (text: string): readonly string[] => (text === '' ? [] : text.split(' '))

const names = ['A', 'A2', 'B', 'V', 'V2', 'K1', 'K2', 'K3', 'T1', 'T2', 'E', 'M1', 'M2', 'L']
const named = new Map(names.map((name) => [nameOfKey(name), name]))

const told = ({ command, processed }: Sent): string => {
  if (processed.tag === 'refused') return `refused: ${processed.code}`
  if (processed.tag === 'repeated') return `repeated: ${processed.outcome.rejection ?? 'accepted'}`
  if (processed.rejection !== undefined) return `rejected: ${processed.rejection.code}`
  const [event] = processed.events
  if (event?.type === 'KeyRegistered') return `active after ${secondOf(event.data.activeFrom) - secondOf(event.at)}`
  if (event?.type !== 'KeyRevoked') return `${command.type === 'RevokeKey' ? 'nothing fell' : 'accepted'}`
  const fallen = event.data.bindings.map(({ actor, key }) => `${named.get(key)} ${actor}`)
  return `fallen: ${fallen.sort().join(', ')}`
}

const vouch = ({ pool, sent }: World): string => {
  const last = sent.at(-1)
  return last === undefined || last.processed.tag === 'refused' ? '' : signersOf(pool, last.command).join(' ')
}

const commandOfLine = (world: World, [second, actor, wish, keys, , , more = {}]: Line): Command => {
  const { sent = second, until, forgedBy = [], ...envelope } = more
  const command = commandOf(world, { ...wish, actor, at: timeOf(sent), ...envelope })
  return signed(command, words(keys), { forgedBy, ...(until === undefined ? {} : { until: timeOf(until) }) })
}

const step =
  (line: Line): Step =>
  (world) => {
    const at = atSecond(line[0])(world)
    return send(at, commandOfLine(at, line))
  }

const lineOf = ([second, actor, { type }]: Line, outcome: string, signers: string): string =>
  `${second} ${actor} ${type}: ${outcome} (${signers})`

const story = (name: string, lines: readonly Line[], before: readonly Wish[] = []): void =>
  it(name, () => {
    const expected: string[] = []
    const found: string[] = []
    const steps = lines.map(
      (line): Step =>
        (before) => {
          const world = step(line)(before)
          const last = world.sent.at(-1)
          expected.push(lineOf(line, line[4], line[5]))
          found.push(lineOf(line, last === undefined ? '' : told(last), vouch(world)))
          return world
        },
    )
    given(...before)
      .when(...steps)
      .then(() => expect(found).toEqual(expected))
  })

describe('the story of', () => {
  story('an open pool, then adoption', [
    [0, 'venue', open('bob'), '', 'accepted', ''],
    [0, 'venue', open('carl'), 'V', 'refused: unknown-key', ''],
    [1, 'venue', adopt('A operator:anna'), 'A', 'refused: not-permitted', ''],
    [1, 'operator', adopt('A venue'), 'A', 'rejected: bad-parameter', ''],
    [1, 'operator', adopt('A operator:anna', 'B operator:ben'), 'A', 'rejected: key-missing', ''],
    [2, 'operator', adopt('A operator:anna', 'B operator:ben'), 'A B', 'accepted', 'operator:anna operator:ben'],
    [3, 'venue', open('dora'), '', 'refused: unsigned', ''],
    [3, 'operator', open('dora'), 'A', 'refused: unknown-key', ''],
    [3, 'operator:anna', open('dora'), 'A', 'accepted', 'operator:anna'],
    [4, 'operator:anna', adopt('A operator:anna'), 'A', 'rejected: already-adopted', 'operator:anna'],
  ])

  story(
    'the order of the reasons at the door',
    [
      [0, 'operator:anna', adopt('A operator:anna', 'B operator:ben'), 'A B', 'accepted', 'operator:anna operator:ben'],
      [1, 'operator:anna', registerKey('V venue'), 'A V', 'active after 0', 'operator:anna venue'],
      [1, 'operator:anna', registerKey('V2 venue:b'), 'A V2', 'active after 0', 'operator:anna venue:b'],
      [2, 'operator:anna', revokeKey('V2'), 'A', 'fallen: V2 venue:b', 'operator:anna'],
      [3, 'venue', open('a'), '', 'refused: wrong-pool', '', { pool: 'other' }],
      [3, 'venue', price('BTC-PERP', '1'), '', 'refused: unsigned', ''],
      [3, 'venue', price('BTC-PERP', '1'), 'X', 'refused: unknown-key', '', { forgedBy: ['V2'] }],
      [3, 'venue:b', price('BTC-PERP', '1'), 'V', 'refused: revoked-key', '', { forgedBy: ['V2'] }],
      [3, 'venue', price('BTC-PERP', '1'), '', 'refused: not-permitted', '', { forgedBy: ['V'] }],
      [4, 'venue', open('a'), 'V', 'accepted', 'venue', { id: 'o' }],
      [4, 'venue', open('b'), '', 'refused: bad-signature', '', { forgedBy: ['V'], id: 'o' }],
      [4, 'venue', open('b'), 'V', 'refused: id-reused', '', { id: 'o' }],
      [90000, 'venue', open('a'), 'V', 'repeated: accepted', 'venue', { sent: 4, id: 'o' }],
      [90000, 'venue', open('c'), 'V', 'refused: too-old', '', { sent: 1 }],
      [90000, 'venue', open('c'), 'V', 'refused: expired', '', { until: 89999, sent: 89000 }],
      [90000, 'venue', open('c'), 'V', 'refused: expired', '', { sent: 89399 }],
      [90000, 'venue', open('c'), 'V', 'accepted', 'venue', { sent: 89400 }],
      [90000, 'venue', open('d'), 'V', 'accepted', 'venue', { until: 90000, sent: 89000 }],
    ],
    [parameters({ idempotency_s: 86_400 })],
  )

  story('whose withdrawal', [
    [0, 'operator:anna', adopt('A operator:anna', 'B operator:ben'), 'A B', 'accepted', 'operator:anna operator:ben'],
    [1, 'operator:anna', registerKey('V venue'), 'A V', 'active after 0', 'operator:anna venue'],
    [2, 'venue', openWith('alice', 'withdrawals'), 'V', 'accepted', 'venue'],
    [2, 'venue', deposit('alice', '100 USD'), 'V', 'accepted', 'venue'],
    [3, 'venue', withdraw('alice', '1 USD'), 'V', 'rejected: consent-missing', 'venue'],
    [3, 'operator:anna', registerKey('K1 trader:alice'), 'A K1', 'active after 0', 'operator:anna trader:alice'],
    [4, 'venue', withdraw('alice', '1 USD'), 'V', 'rejected: consent-missing', 'venue'],
    [5, 'venue', withdraw('alice', '1 USD'), 'K1 V', 'accepted', 'trader:alice venue'],
    [6, 'trader:alice', withdraw('alice', '1 USD'), 'K1', 'accepted', 'trader:alice'],
    [6, 'trader:bob', withdraw('alice', '1 USD'), 'K1', 'refused: unknown-key', ''],
    [6, 'trader:alice', withdraw('bob', '1 USD'), 'K1', 'refused: not-permitted', ''],
    [7, 'operator:anna', withdraw('alice', '1 USD'), 'A', 'rejected: consent-missing', 'operator:anna'],
    [8, 'venue', setConsent('alice', 'venue'), 'V', 'refused: not-permitted', ''],
    [9, 'trader:alice', setConsent('alice', 'venue'), 'K1', 'accepted', 'trader:alice'],
    [10, 'venue', withdraw('alice', '1 USD'), 'V', 'rejected: consent-missing', 'venue'],
    [86409, 'venue', withdraw('alice', '1 USD'), 'V', 'accepted', 'venue'],
    [86410, 'trader:alice', setConsent('alice', 'withdrawals'), 'K1', 'accepted', 'trader:alice'],
    [86411, 'venue', withdraw('alice', '1 USD'), 'V', 'rejected: consent-missing', 'venue'],
  ])

  story('rotation by oneself, and a thief', [
    [0, 'operator:anna', adopt('A operator:anna', 'B operator:ben'), 'A B', 'accepted', 'operator:anna operator:ben'],
    [1, 'operator:anna', registerKey('V venue'), 'A V', 'active after 0', 'operator:anna venue'],
    [2, 'venue', openWith('alice', 'withdrawals'), 'V', 'accepted', 'venue'],
    [2, 'venue', deposit('alice', '100 USD'), 'V', 'accepted', 'venue'],
    [3, 'operator:anna', registerKey('K1 trader:alice'), 'A K1', 'active after 0', 'operator:anna trader:alice'],
    [10, 'trader:alice', registerKey('K2 trader:alice'), 'K1 K2', 'active after 86400', 'trader:alice'],
    [11, 'trader:alice', withdraw('alice', '1 USD'), 'K2', 'refused: unknown-key', ''],
    [86410, 'trader:alice', withdraw('alice', '1 USD'), 'K2', 'accepted', 'trader:alice'],
    [90000, 'trader:alice', registerKey('T1 trader:alice'), 'K1 T1', 'active after 86400', 'trader:alice'],
    [
      90100,
      'trader:alice',
      revokeKey('T1', { actor: 'trader:alice', reason: 'compromised' }),
      'K2',
      'fallen: T1 trader:alice',
      'trader:alice',
    ],
    [90200, 'trader:alice', registerKey('T2 trader:alice'), 'K1 T2', 'active after 86400', 'trader:alice'],
    [
      90300,
      'trader:alice',
      revokeKey('K1', { reason: 'compromised', since: timeOf(90000) }),
      'K1',
      'fallen: K1 trader:alice, T2 trader:alice',
      '',
    ],
    [190000, 'trader:alice', withdraw('alice', '1 USD'), 'T2', 'refused: revoked-key', ''],
    [190001, 'trader:alice', withdraw('alice', '1 USD'), 'K1', 'refused: revoked-key', ''],
    [190002, 'trader:alice', withdraw('alice', '1 USD'), 'K2', 'accepted', 'trader:alice'],
    [190003, 'trader:alice', registerKey('K1 trader:alice'), 'K2 K1', 'refused: revoked-key', ''],
  ])

  story("the operator and an owner's keys", [
    [0, 'operator:anna', adopt('A operator:anna', 'B operator:ben'), 'A B', 'accepted', 'operator:anna operator:ben'],
    [1, 'operator:anna', registerKey('V venue'), 'A V', 'active after 0', 'operator:anna venue'],
    [2, 'venue', openWith('alice', 'withdrawals'), 'V', 'accepted', 'venue'],
    [2, 'venue', deposit('alice', '100 USD'), 'V', 'accepted', 'venue'],
    [3, 'operator:anna', registerKey('K1 trader:alice'), 'A K1', 'active after 0', 'operator:anna trader:alice'],
    [10, 'operator:anna', revokeKey('K1'), 'A', 'rejected: not-own-key', 'operator:anna'],
    [11, 'operator:anna', registerKey('E trader:alice'), 'A E', 'active after 259200', 'operator:anna'],
    [12, 'trader:alice', withdraw('alice', '1 USD'), 'E', 'refused: unknown-key', ''],
    [
      13,
      'trader:alice',
      revokeKey('E', { actor: 'trader:alice', reason: 'compromised' }),
      'K1',
      'fallen: E trader:alice',
      'trader:alice',
    ],
    [300000, 'trader:alice', withdraw('alice', '1 USD'), 'E', 'refused: revoked-key', ''],
    [
      300001,
      'operator:anna',
      registerKey('K2 trader:alice'),
      'A K1 K2',
      'active after 0',
      'operator:anna trader:alice',
    ],
    [300002, 'trader:alice', withdraw('alice', '1 USD'), 'K2', 'accepted', 'trader:alice'],
    [300003, 'trader:alice', revokeKey('K1'), 'K1', 'fallen: K1 trader:alice', ''],
    [300004, 'trader:alice', revokeKey('K2'), 'K2', 'fallen: K2 trader:alice', ''],
    [300005, 'trader:alice', withdraw('alice', '1 USD'), 'K2', 'refused: revoked-key', ''],
    [300006, 'operator:anna', registerKey('K3 trader:alice'), 'A K3', 'active after 259200', 'operator:anna'],
    [300007, 'trader:alice', withdraw('alice', '1 USD'), 'K3', 'refused: unknown-key', ''],
    [559206, 'trader:alice', withdraw('alice', '1 USD'), 'K3', 'accepted', 'trader:alice'],
  ])

  story('keys of the house', [
    [0, 'operator:anna', adopt('A operator:anna', 'B operator:ben'), 'A B', 'accepted', 'operator:anna operator:ben'],
    [1, 'operator:anna', registerKey('M1 margin'), 'A M1', 'active after 0', 'margin operator:anna'],
    [2, 'margin', callMargin('x'), 'M1', 'rejected: unknown-account', 'margin'],
    [2, 'margin', startLiquidation('x'), 'M1', 'refused: not-permitted', ''],
    [3, 'margin', registerKey('M2 margin'), 'M1 M2', 'active after 86400', 'margin'],
    [4, 'margin', callMargin('x'), 'M2', 'refused: unknown-key', ''],
    [86403, 'margin', callMargin('x'), 'M2', 'rejected: unknown-account', 'margin'],
    [86404, 'margin', registerKey('L liquidator'), 'M1 L', 'refused: not-permitted', ''],
    [86405, 'operator:anna', registerKey('L liquidator'), 'A', 'rejected: key-missing', 'operator:anna'],
    [86406, 'operator:anna', registerKey('M1 liquidator'), 'A M1', 'active after 0', 'liquidator margin operator:anna'],
    [86407, 'liquidator', startLiquidation('x'), 'M1', 'rejected: unknown-account', 'liquidator margin'],
    [
      86408,
      'operator:ben',
      revokeKey('M1', { reason: 'compromised' }),
      'B',
      'fallen: M1 liquidator, M1 margin',
      'operator:ben',
    ],
    [86409, 'liquidator', startLiquidation('x'), 'M1', 'refused: revoked-key', ''],
    [86410, 'operator:anna', revokeKey('B'), 'A', 'fallen: B operator:ben', 'operator:anna'],
    [86411, 'operator:anna', revokeKey('A'), 'A', 'rejected: last-key', 'operator:anna'],
    [86412, 'operator:anna', parameters({}), 'A V', 'refused: unknown-key', ''],
    [86413, 'operator:anna', revokeKey('nobody'), 'A', 'rejected: unknown-key', 'operator:anna'],
  ])

  story('one key, several actors', [
    [0, 'operator:anna', adopt('A operator:anna', 'B operator:ben'), 'A B', 'accepted', 'operator:anna operator:ben'],
    [1, 'operator:anna', registerKey('V venue'), 'A V', 'active after 0', 'operator:anna venue'],
    [2, 'venue', openWith('alice', 'withdrawals'), 'V', 'accepted', 'venue'],
    [2, 'venue', deposit('alice', '100 USD'), 'V', 'accepted', 'venue'],
    [3, 'operator:anna', registerKey('K1 trader:alice'), 'A K1', 'active after 0', 'operator:anna trader:alice'],
    [10, 'operator:anna', registerKey('V trader:alice'), 'A V', 'active after 259200', 'operator:anna venue'],
    [11, 'trader:alice', revokeKey('V', { actor: 'trader:alice' }), 'K1', 'fallen: V trader:alice', 'trader:alice'],
    [12, 'venue', open('bob'), 'V', 'accepted', 'venue'],
    [13, 'operator:anna', registerKey('V trader:alice'), 'A V', 'rejected: key-exists', 'operator:anna venue'],
    [14, 'operator:ben', registerKey('B trader:ben'), 'B', 'active after 0', 'operator:ben trader:ben'],
    [15, 'operator:anna', revokeKey('B', { reason: 'compromised' }), 'A', 'rejected: not-own-key', 'operator:anna'],
    [
      16,
      'operator:anna',
      revokeKey('B', { actor: 'operator:ben', reason: 'compromised' }),
      'A',
      'fallen: B operator:ben',
      'operator:anna',
    ],
    [17, 'operator:ben', parameters({}), 'B', 'refused: unknown-key', ''],
    [18, 'trader:ben', withdraw('ben', '1 USD'), 'B', 'rejected: unknown-account', 'trader:ben'],
  ])

  story('four eyes count people, not keys', [
    [0, 'operator:anna', adopt('A operator:anna', 'B operator:ben'), 'A B', 'accepted', 'operator:anna operator:ben'],
    [1, 'operator:anna', registerKey('A2 operator:anna'), 'A A2', 'active after 0', 'operator:anna'],
    [2, 'operator:anna', parameters({}), 'A A2', 'accepted', 'operator:anna'],
    [3, 'operator:anna', parameters({}), 'A B', 'accepted', 'operator:anna operator:ben'],
  ])
})
