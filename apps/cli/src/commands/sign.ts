import { type Command, decodeCommand, type Millis, type Order } from '@novation/events'
import { chain, type Either, left, map, right } from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { type Keyring, readKeyring } from '../identity/keyring'
import { signBeside, signLine } from '../identity/sign-line'
import { orderIn, signOwners } from '../identity/sign-order'
import { commandLineOf } from '../run/command-lines'
import { type FileLine, linesOf } from '../run/lines'
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

/** What a line has become, and the domain that holds after it. */
interface Signed {
  readonly said: Command | Order
  readonly domain: string | undefined
}

const whichPool = 'for which pool? Say --domain, as the event IdentityAdopted has it'

/** A command with its signatures; or why there are none. */
const signCommand = ({ keyring, domain, now }: Signing, command: Command): Either<string, Signed> => {
  if (domain === undefined && command.type !== 'AdoptIdentity') return left(whichPool)
  const signed =
    command.signatures === undefined || domain === undefined
      ? signLine(keyring, { domain, at: now }, command)
      : signBeside(keyring, domain, command)
  if (signed.signatures === undefined) return left(`there is no key of ${command.actor}`)
  const read = decodeCommand(signed, '')
  return read._tag === 'Left' ? left(read.left.reason) : right({ said: signed, domain: domainAfter(domain, command) })
}

/** What a line says, signed; nothing where it is empty. */
const signLineOf = (signing: Signing, line: FileLine): Either<string, Signed> | undefined => {
  const { keyring, domain } = signing
  const order = line.text === undefined ? undefined : orderIn(line.text)
  if (order !== undefined)
    return domain === undefined
      ? left(whichPool)
      : pipe(
          order,
          chain((wanted) => signOwners(keyring, domain, wanted)),
          map((said) => ({ said, domain })),
        )
  const asked = commandLineOf(line)
  if (asked === undefined) return undefined
  return 'code' in asked ? left(asked.reason) : signCommand(signing, asked.command)
}

export const signCommands = subcommand({
  name: 'sign',
  summary:
    "Signs commands with their senders' keys, beside whoever has signed already, and orders with their owners', without sending them.",
  operands: ['[LINES.ndjson]'],
  flags: {
    keys: required('DIR', PathText, 'the folder of keys, as `novation keys init` makes it'),
    domain: optional('DOMAIN', Text, 'that of the pool; after AdoptIdentity and RenewDomain, that of the file'),
  },
  examples: [
    'novation sign commands.ndjson --keys=keys --domain=3f9a1c5e7b2d4860a1c3e5f709182b3d > signed.ndjson',
    `echo '{"order":"o-77","account":"alice","instrument":"BTC-PERP","side":"buy","quantity":"2","limit":"50100","until":"2026-01-02T04:00:00Z"}' | novation sign --keys=keys --domain=3f9a1c5e7b2d4860a1c3e5f709182b3d`,
  ],
  run: async (settings, [file], world) => {
    const keyring = readKeyring(settings.keys)
    let { domain } = settings
    for await (const lines of linesOf(openInput(file, world).chunks))
      for (const line of lines) {
        const signed = signLineOf({ keyring, domain, now: world.clock.now() }, line)
        if (signed === undefined) continue
        if (signed._tag === 'Left') throw unsigned(line.number, signed.left)
        domain = signed.right.domain
        await world.out.write(`${JSON.stringify(signed.right.said)}\n`)
      }
    return exitCodes.ok
  },
})
