import { formatTime, wholeNumber } from '@novation/events'
import { isOver, newToken, readTokens, type TokenEntry, writeTokens } from '@novation/gateway'
import { newSecret, replaceFile, systemDisk } from '@novation/platform'
import { type ExitCode, exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { PoolList } from '../live/settings'
import { table } from '../report/table'
import { optional, required } from '../settings/flag'
import { toggle } from '../settings/shared'
import { PathText, Text } from '../settings/texts'
import { subcommand } from '../subcommand'
import type { World } from '../world'

const day_ms = 86_400_000

const fileFailure = (path: string, why: string): Failure =>
  new Failure({
    id: 'bad-tokens',
    exit: exitCodes.failed,
    what: `${path} cannot be used as a file of tokens`,
    why,
    remedy: 'name another with --tokens; one that is not there is made',
  })

const usage = (what: string, remedy: string): Failure =>
  new Failure({ id: 'usage', exit: exitCodes.usage, what, remedy })

const tokensIn = async (path: string): Promise<readonly TokenEntry[]> => {
  const text = await systemDisk.read(path)
  if (text === undefined) return []
  const tokens = readTokens(text)
  if (tokens._tag === 'Left') throw fileFailure(path, tokens.left)
  return tokens.right
}

const list = (tokens: readonly TokenEntry[], { clock, out }: World): Promise<void> =>
  out.write(
    `${table(
      ['id', 'of', 'pools', 'until'],
      tokens.map((entry) => [
        entry.id,
        entry.actor,
        entry.pools?.join(', ') ?? 'all',
        isOver(entry, clock.now()) ? `over since ${entry.expires}` : (entry.expires ?? 'revocation'),
      ]),
    )}\n`,
  )

export const token = subcommand({
  name: 'token',
  summary: 'Lets somebody in at a gateway: makes a token, shown once, revokes one, or lists them.',
  operands: ['[ROLE]'],
  flags: {
    tokens: required(
      'FILE',
      PathText,
      'the file of tokens, made where it is missing; gateways read it anew within seconds',
    ),
    pools: optional('NAME,…', PoolList, 'only for these pools'),
    days: optional('N', wholeNumber(1, 3650), 'for so many days; otherwise until it is revoked'),
    revoke: optional('ID', Text, 'in place of making one: revoke the token of this id'),
    list: toggle('in place of making one: list those there are'),
  },
  examples: [
    'novation token venue --tokens=tokens.json',
    'novation token trader:alice --tokens=tokens.json --pools=main --days=30',
    'novation token --tokens=tokens.json --revoke=0a1b2c3d',
  ],
  run: async ({ tokens: path, pools, days, revoke, list: isList }, [actor], world): Promise<ExitCode> => {
    const known = await tokensIn(path)
    if (isList) {
      await list(known, world)
      return exitCodes.ok
    }
    if (revoke !== undefined) {
      if (!known.some(({ id }) => id === revoke)) throw usage(`there is no token ${revoke} in ${path}`, 'see --list')
      await replaceFile(systemDisk, path, writeTokens(known.filter(({ id }) => id !== revoke)))
      await world.err.write(`${revoke} is revoked: within ten seconds it lets nobody in\n`)
      return exitCodes.ok
    }
    if (actor === undefined) throw usage('a token for whom?', 'name a role, such as venue, auditor or trader:alice')
    const made = newToken(newSecret(), {
      actor,
      ...(pools === undefined ? {} : { pools }),
      ...(days === undefined ? {} : { expires: formatTime(world.clock.now() + days * day_ms) }),
    })
    const text = writeTokens([...known, made.entry])
    const read = readTokens(text)
    if (read._tag === 'Left')
      throw usage(
        `nobody is let in as ${JSON.stringify(actor.slice(0, 60))}`,
        'operator, venue, oracle, auditor, trader:NAME or keeper:NAME',
      )
    await replaceFile(systemDisk, path, text)
    await world.out.write(`${made.token}\n`)
    await world.err.write(`its id is ${made.entry.id}; it is shown this once\n`)
    return exitCodes.ok
  },
})
