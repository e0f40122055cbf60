import type { CommandData } from '@novation/events'
import fc from 'fast-check'
import { as, deposit, given, named, parameters, type Wish, type World, withdraw } from '../kit'
import {
  adopted,
  atSecond,
  nameOfKey,
  openWith,
  registerKey,
  renewDomain,
  revokeKey,
  secondOf,
  setConsent,
  signed,
  signedBy,
  timeOf,
} from '../kit/identity'
import { commandOf, isAccepted, type Step, send, take } from '../kit/world'
import { actorsOf } from '../state/bindings'

const day = 86_400

const byAnna = (wish: Wish, ...others: readonly string[]): Step => signedBy(['A', ...others], as('operator:anna', wish))

/** Alice lets nothing out without a key of hers, and has two, of which an operator has registered the first. */
const begun = given(
  adopted,
  byAnna(registerKey('V venue'), 'V'),
  byAnna(openWith('alice', 'withdrawals')),
  byAnna(deposit('alice', '100000 USD')),
  byAnna(registerKey('K1 trader:alice'), 'K1'),
  byAnna(registerKey('K2 trader:alice'), 'K1', 'K2'),
).world

const owners = fc.constantFrom('trader:alice', 'keeper:alice')
const anybody = fc.constantFrom('trader:alice', 'keeper:alice', 'venue', 'operator:anna', 'operator:ben')
const reason = fc.constantFrom<CommandData<'RevokeKey'>['reason']>('retired', 'compromised', 'lost')

/** What somebody who has these keys may try; nothing that was tried before is known to have worked. */
const attempts = (keys: readonly string[]): fc.Arbitrary<Wish> => {
  const key = fc.constantFrom(...keys)
  const any = fc.constantFrom(...keys, 'K1', 'K2')
  return fc
    .oneof(
      { weight: 4, arbitrary: fc.tuple(key, owners).map(([name, actor]) => registerKey(`${name} ${actor}`)) },
      fc.tuple(key, anybody).map(([name, actor]) => registerKey(`${name} ${actor}`)),
      {
        weight: 3,
        arbitrary: fc
          .tuple(any, fc.option(anybody, { nil: undefined }), fc.option(fc.nat(10), { nil: undefined }), reason)
          .map(([name, actor, since, why]) =>
            revokeKey(name, {
              reason: why,
              ...(actor === undefined ? {} : { actor }),
              ...(since === undefined ? {} : { since: timeOf(since - 5) }),
            }),
          ),
      },
      fc.constantFrom('d0', 'd1').map(renewDomain),
      fc.record({ keyDelay_s: fc.nat(10), recoveryDelay_s: fc.nat(10) }).map(parameters),
      fc.constant(setConsent('alice', 'venue')),
    )
    .chain((wish) => anybody.map((actor) => as(actor, wish)))
}

interface Tried {
  readonly wish: Wish
  readonly by: readonly string[]
  readonly wait: number
}

const triedBy = (keys: readonly string[], longest: number): fc.Arbitrary<readonly Tried[]> =>
  fc.array(
    fc.record({
      wish: attempts(keys),
      by: fc.uniqueArray(fc.constantFrom(...keys), { minLength: 1 }),
      wait: fc.nat(longest),
    }),
    { maxLength: 12 },
  )

const domainOf = ({ pool }: World): string => pool.identity?.domain ?? ''

const attempt = (world: World, { wish, by }: Pick<Tried, 'wish' | 'by'>): World =>
  send(world, signed(commandOf(world, wish), by, { domain: domainOf(world) }))

const later = (world: World, seconds: number): World =>
  atSecond(secondOf(new Date(world.clock).toISOString()) + seconds)(world)

/** Whether anybody with these keys, alone or together, can take anything out. */
const canTake = (world: World, keys: readonly string[]): boolean =>
  ['trader:alice', 'keeper:alice', 'venue', 'operator:anna'].some((actor) =>
    [keys, ...keys.map((key) => [key])].some((by, i) => {
      const wish = named(`take-${world.sent.length}-${actor}-${i}`, as(actor, withdraw('alice', '1 USD')))
      const last = attempt(world, { wish, by }).sent.at(-1)
      return last !== undefined && isAccepted(last)
    }),
  )

const canWithdraw = (world: World, key: string): boolean => {
  const wish = named(`own-${world.sent.length}`, as('trader:alice', withdraw('alice', '1 USD')))
  const last = attempt(world, { wish, by: [key] }).sent.at(-1)
  return last !== undefined && isAccepted(last)
}

/** Everything that waits to become a key of alice's is struck out by K2: who looks does no more than that. */
const looked = (world: World, keys: readonly string[]): World =>
  keys
    .flatMap((name) => ['trader:alice', 'keeper:alice'].map((actor) => [name, actor] as const))
    .reduce(
      (now, [name, actor]) =>
        (now.pool.identity?.keys.get(nameOfKey(name)) ?? []).some(
          (each) => each.actor === actor && each.revokedAt === undefined,
        )
          ? attempt(now, { wish: as('trader:alice', revokeKey(name, { actor })), by: ['K2'] })
          : now,
      world,
    )

const played = (keys: readonly string[], tries: readonly Tried[], looks: boolean): World =>
  tries.reduce(
    (world, each) => {
      const next = attempt(later(world, each.wait), each)
      expect(canTake(next, keys)).toBe(false)
      return looks ? looked(next, keys) : next
    },
    take(begun, atSecond(10)),
  )

describe('an owner', () => {
  it('keeps an account from operator and venue together for three days without looking', () => {
    const keys = ['A', 'B', 'V', 'E1', 'E2']
    fc.assert(
      fc.property(triedBy(keys, (3 * day - 60) / 12), (tries) => {
        const world = played(keys, tries, false)
        expect(canWithdraw(world, 'K1')).toBe(true)
        expect(actorsOf(world.pool, nameOfKey('K2'))).toEqual(['trader:alice'])
      }),
      { numRuns: 60 },
    )
  }, 120_000)

  it('keeps a second key from a thief of the first, and the thief from a key of its own, by looking once a day', () => {
    const keys = ['K1', 'T1', 'T2']
    fc.assert(
      fc.property(triedBy(keys.slice(0, 3), day - 60), (tries) => {
        const world = tries.reduce(
          (now, each) => {
            const next = attempt(later(now, each.wait), each)
            expect(['T1', 'T2'].some((key) => canWithdraw(next, key))).toBe(false)
            return looked(next, ['T1', 'T2'])
          },
          take(begun, atSecond(10)),
        )
        expect(actorsOf(world.pool, nameOfKey('T1')).concat(actorsOf(world.pool, nameOfKey('T2')))).toEqual([])
      }),
      { numRuns: 60 },
    )
  }, 120_000)
})
