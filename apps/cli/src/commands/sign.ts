import { type Command, decodeCommand, type Millis } from '@novation/events'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { type Keyring, readKeyring } from '../identity/keyring'
import { signBeside, signLine } from '../identity/sign-line'
import { commandLinesOf } from '../run/command-lines'
import { openInput } from '../run/open-input'
import { optional, required } from '../settings/flag'
import { PathText, Text } from '../settings/texts'
import { subcommand } from '../subcommand'

const unsigned = (line: number, why: string): Failure =>
  new Failure({
    id: 'not-signed',
    exit: exitCodes.failed,
    what: `line ${line} is not signed, and nothing was written after it`,
    why,
    remedy: 'put that right and sign the file again',
  })

/** The domain that holds after a command: adoption and renewal name another. */
const domainAfter = (domain: string | undefined, { type, data }: Command): string | undefined =>
  type === 'AdoptIdentity' || type === 'RenewDomain' ? data.domain : domain

interface Signing {
  readonly keyring: Keyring
  readonly domain: string | undefined
  readonly now: Millis
}

/** A command with its signatures; or why there are none. */
const sign = ({ keyring, domain, now }: Signing, command: Command): Command | string => {
  if (domain === undefined && command.type !== 'AdoptIdentity')
    return 'for which pool? Say --domain, as the event IdentityAdopted has it'
  const signed =
    command.signatures === undefined || domain === undefined
      ? signLine(keyring, { domain, at: now }, command)
      : signBeside(keyring, domain, command)
  if (signed.signatures === undefined) return `there is no key of ${command.actor}`
  const read = decodeCommand(signed, '')
  return read._tag === 'Left' ? read.left.reason : signed
}

export const signCommands = subcommand({
  name: 'sign',
  summary: "Signs commands with their senders' keys, beside whoever has signed already, without sending them.",
  operands: ['[COMMANDS.ndjson]'],
  flags: {
    keys: required('DIR', PathText, 'the folder of keys, as `novation keys init` makes it'),
    domain: optional('DOMAIN', Text, 'that of the pool; after AdoptIdentity and RenewDomain, that of the file'),
  },
  examples: ['novation sign commands.ndjson --keys=keys --domain=3f9a1c5e7b2d4860a1c3e5f709182b3d > signed.ndjson'],
  run: async (settings, [file], world) => {
    const keyring = readKeyring(settings.keys)
    let { domain } = settings
    for await (const lines of commandLinesOf(openInput(file, world).chunks))
      for (const line of lines) {
        if ('code' in line) throw unsigned(line.line, line.reason)
        const signed = sign({ keyring, domain, now: world.clock.now() }, line.command)
        if (typeof signed === 'string') throw unsigned(line.line, signed)
        domain = domainAfter(domain, line.command)
        await world.out.write(`${JSON.stringify(signed)}\n`)
      }
    return exitCodes.ok
  },
})
