import {
  type Command,
  formatTime,
  type Millis,
  roleOf,
  type Signature,
  type SigningKey,
  signCommand,
} from '@novation/events'
import type { Keyring } from './keyring'

/** Whoever asks as `operator` without a name asks as the first operator there is a key of: only people with names have keys. */
const senderIn = ({ of, actors }: Keyring, actor: string): string =>
  actor === 'operator' && of(actor) === undefined
    ? (actors.find((each) => roleOf(each) === 'operator') ?? actor)
    : actor

/** Whose signatures a command needs: its sender's, and of each key that it makes known, that key's. */
const keysFor = ({ of, named }: Keyring, { actor, type, data }: Command): readonly SigningKey[] => {
  if (type === 'AdoptIdentity') return data.keys.flatMap(({ key }) => named(key) ?? [])
  const own = [of(actor), ...(type === 'RegisterKey' ? [named(data.key)] : [])].flatMap((key) => key ?? [])
  return own.filter(({ key }, i) => own.findIndex((each) => each.key === key) === i)
}

/** Under which domain the pool takes commands, if it is signed, and what time it is there. */
interface Known {
  readonly domain: string | undefined
  readonly at: Millis
}

const inOrder = (signatures: readonly Signature[]): readonly Signature[] =>
  signatures.toSorted((a, b) => (a.key < b.key ? -1 : 1))

/** One more signature of each key that there is and has not signed yet; others have signed before, over the very same words. */
export const signBeside = (keyring: Keyring, domain: string, command: Command): Command => {
  const { signatures = [] } = command
  const missing = keysFor(keyring, command).filter(({ key }) => signatures.every((each) => each.key !== key))
  const added = signCommand(command, domain, missing).signatures ?? []
  return { ...command, signatures: inOrder([...signatures, ...added]) } as Command
}

/**
 * A line as its sender would sign it. One that is signed stays as it is; in an open pool nothing is signed but what ends
 * that; for whom there is no key, nobody signs.
 */
export const signLine = (keyring: Keyring, known: Known, line: Command): Command => {
  if (line.signatures !== undefined) return line
  const command = { ...line, actor: senderIn(keyring, line.actor) } as Command
  const domain = command.type === 'AdoptIdentity' ? command.data.domain : known.domain
  const keys = keysFor(keyring, command)
  if (domain === undefined || keys.length === 0) return command
  return signCommand({ ...command, at: command.at ?? formatTime(known.at) }, domain, keys)
}
