import { createPrivateKey } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { backstop } from '@novation/clearing'
import { Actor, roleOf, type SigningKey, serviceRoles, signingKey } from '@novation/events'
import { newSecret } from '@novation/platform'
import { type ExitCode, exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { keyFile, readKeyring } from '../identity/keyring'
import { table } from '../report/table'
import { defaulted } from '../settings/flag'
import { output } from '../settings/shared'
import { Text } from '../settings/texts'
import { subcommand } from '../subcommand'
import type { World } from '../world'

const usage = (what: string, remedy: string): Failure =>
  new Failure({ id: 'usage', exit: exitCodes.usage, what, remedy })

/** Two of them: with the only key of the only operator a pool would be lost. */
const operators = ['operator:first', 'operator:second']

/** Everybody who sends of itself, with a key of its own. */
const others = ['venue', 'oracle', ...serviceRoles.filter((role) => role !== 'gateway'), `keeper:${backstop}`]

/** What stands before the 32 bytes of a secret in PKCS #8 (RFC 8410, section 7). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** Makes a key and keeps it where only its owner can read it. */
const makeKey = (file: string): SigningKey => {
  const secret = createPrivateKey({ key: Buffer.concat([pkcs8, newSecret()]), format: 'der', type: 'pkcs8' })
  writeFileSync(file, secret.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' })
  return signingKey(secret)
}

type Made = readonly (readonly [actor: string, key: SigningKey])[]

/** What makes a pool signed by these operators, under a domain that no other pool has. */
const adoption = (pool: string, made: Made): object => {
  const domain = newSecret().subarray(0, 16).toString('hex')
  const named = made.map(([actor, { key }]) => ({ actor, key }))
  return { id: `adopt-${domain}`, type: 'AdoptIdentity', pool, actor: made[0]?.[0], data: { domain, keys: named } }
}

const registration = (pool: string, [actor, { key }]: Made[number]): object => ({
  id: `register-${key.slice(-43)}`,
  type: 'RegisterKey',
  pool,
  actor: 'operator',
  data: { actor, key },
})

/** A role, and a name if it has one: what may have a key. */
const assertActors = (actors: readonly string[]): void => {
  const wrong = actors.find((actor) => !Actor.is(actor) || roleOf(actor) === undefined)
  if (wrong !== undefined) throw usage(`nobody is called ${wrong}`, 'name actors such as trader:alice, venue or margin')
}

const makeKeys = (folder: string, actors: readonly string[]): Made => {
  const known = actors.map((actor) => keyFile(folder, actor)).find(existsSync)
  if (known !== undefined) throw usage(`${known} is there already`, 'name another folder: no key is ever written over')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  return actors.map((actor) => [actor, makeKey(keyFile(folder, actor))])
}

const init = async (folder: string, named: readonly string[], pool: string, world: World): Promise<ExitCode> => {
  assertActors(named)
  const isWhole = named.length === 0
  const first = isWhole ? makeKeys(folder, operators) : []
  const rest = makeKeys(folder, isWhole ? others : named)
  const commands = [...(isWhole ? [adoption(pool, first)] : []), ...rest.map((each) => registration(pool, each))]
  await world.out.write(commands.map((command) => `${JSON.stringify(command)}\n`).join(''))
  await world.err.write(
    [
      `keys: ${first.length + rest.length} keys in ${folder}, for its owner alone to read; the commands on standard output make`,
      `      them known to the pool ${pool} once they are signed: novation run COMMANDS --keys=${folder} --ledger=DIR`,
      ...(isWhole
        ? ['      Keep the keys of the two operators apart: with both lost the pool can never change again.']
        : []),
      '',
    ].join('\n'),
  )
  return exitCodes.ok
}

const show = async (folder: string, format: string, world: World): Promise<ExitCode> => {
  const { actors, of } = readKeyring(folder)
  const keys = actors.map((actor) => ({ actor, key: of(actor)?.key ?? '' }))
  await world.out.write(
    format === 'json'
      ? `${JSON.stringify(keys)}\n`
      : `${table(
          ['actor', 'key'],
          keys.map(({ actor, key }) => [actor, key]),
        )}\n`,
  )
  return exitCodes.ok
}

export const keys = subcommand({
  name: 'keys',
  summary: 'Makes the keys with which a pool is signed, or shows by which names they are registered.',
  operands: ['<init|show>', '<DIR>', '[ACTOR…]'],
  flags: {
    pool: defaulted('NAME', Text, 'main', 'of init: the pool that is to know them'),
    output,
  },
  examples: [
    'novation keys init keys > adopt.ndjson',
    'novation run adopt.ndjson --keys=keys --ledger=.novation',
    'novation keys init keys trader:alice > alice.ndjson',
    'novation keys show keys',
  ],
  run: async ({ pool, output: format }, [what, folder = '', ...actors], world): Promise<ExitCode> => {
    if (what === 'init') return init(folder, actors, pool, world)
    if (what === 'show') return show(folder, format, world)
    throw usage(`keys cannot ${what ?? 'do nothing'}`, 'there is init and show')
  },
})
