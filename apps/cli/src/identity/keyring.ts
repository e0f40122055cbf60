import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { type SigningKey, signingKey } from '@novation/events'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { privateKeyOf } from '../ledger/key-files'

/** Keys that can sign, by the actors they are for. */
export interface Keyring {
  readonly of: (actor: string) => SigningKey | undefined
  /** By the name under which a key is registered. */
  readonly named: (key: string) => SigningKey | undefined
  readonly actors: readonly string[]
}

const ending = '.pem'

/** Where the key of an actor lies in a folder of keys. */
export const keyFile = (folder: string, actor: string): string => join(folder, `${actor}${ending}`)

export const keyringOf = (keys: ReadonlyMap<string, SigningKey>): Keyring => {
  const byName = new Map([...keys.values()].map((each) => [each.key, each]))
  return {
    of: (actor) => keys.get(actor),
    named: (key) => byName.get(key),
    actors: [...keys.keys()].sort(),
  }
}

/** Of a file that others may read, nobody knows who has the key. */
const assertOwn = (file: string): void => {
  const others = statSync(file).mode & 0o077
  if (others === 0) return
  throw new Failure({
    id: 'key-readable',
    exit: exitCodes.usage,
    what: `${file} can be read by others than its owner`,
    why: 'whoever has read it can sign as its actor',
    remedy: `chmod 600 ${file}, and register another key if somebody may have read it`,
  })
}

/** The key in a file, which nobody but its owner may read. */
export const readKey = (file: string): SigningKey => {
  const secret = privateKeyOf(file)
  assertOwn(file)
  return signingKey(secret)
}

const filesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder).filter((file) => file.endsWith(ending))
  } catch (error) {
    throw new Failure({
      id: 'no-keys',
      exit: exitCodes.failed,
      what: `${folder} cannot be read as a folder of keys`,
      why: error instanceof Error ? error.message : String(error),
      remedy: `make one: novation keys init ${folder}`,
    })
  }
}

/** All keys of a folder: each in a file called after its actor, such as `operator:first.pem`. */
export const readKeyring = (folder: string): Keyring =>
  keyringOf(new Map(filesIn(folder).map((file) => [file.slice(0, -ending.length), readKey(join(folder, file))])))
