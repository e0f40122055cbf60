import { type Sign, signWith, unsigned } from '@novation/clearing'
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

/** How the services of these names sign. Throws a `Failure` where a key is named for nobody, or for several. */
export const signingOf = ({ keys, key }: SigningSettings, names: readonly string[]): Sign => {
  if (key === undefined) return keys === undefined ? unsigned : signWith(readKeyring(keys).of)
  if (keys !== undefined)
    throw usage('a key and a folder of keys are two ways to say the same', 'name --key or --keys, not both')
  const [name = '', ...more] = names
  const signer = more.length === 0 ? signerOf(name) : undefined
  if (signer === undefined)
    throw usage(
      `one key is of one service, not of ${names.join(', ')}`,
      'start one service that signs (ledger, margin, liquidator, insurance, keeper), or name a folder with --keys',
    )
  const own = readKey(key)
  return signWith((actor) => (actor === signer ? own : undefined))
}
