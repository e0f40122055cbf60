import { type Sign, signWith, unsigned } from '@novation/clearing'
import type { SigningKey } from '@novation/events'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { readKey, readKeyring } from '../identity/keyring'
import { signerOf } from './services'

/** With what a process signs: a folder of keys, or one key of the one service that it is. */
export interface SigningSettings {
  readonly keys: string | undefined
  readonly key: string | undefined
}

const usage = (what: string, remedy: string): Failure =>
  new Failure({ id: 'usage', exit: exitCodes.usage, what, remedy })

/** Whose keys a process has; nothing where it has none. */
type KeyOf = (actor: string) => SigningKey | undefined

/**
 * The keys with which the services of these names sign; `source` is what a source is called. Throws a `Failure` where a key is named for
 * nobody, or for several.
 */
export const keysOf = (
  { keys, key }: SigningSettings,
  names: readonly string[],
  source?: string,
): KeyOf | undefined => {
  if (key === undefined) return keys === undefined ? undefined : readKeyring(keys).of
  if (keys !== undefined)
    throw usage('a key and a folder of keys are two ways to say the same', 'name --key or --keys, not both')
  const [name = '', ...more] = names
  const signer = more.length === 0 ? signerOf(name, source) : undefined
  if (signer === undefined)
    throw usage(
      `one key is of one service, not of ${names.join(', ')}`,
      'start one service that signs (ledger, margin, liquidator, insurance, keeper, oracle, source), or name a folder with --keys',
    )
  const own = readKey(key)
  return (actor) => (actor === signer ? own : undefined)
}

/** How those who have these keys sign what they ask. */
export const signingOf = (keyOf: KeyOf | undefined): Sign => (keyOf === undefined ? unsigned : signWith(keyOf))
