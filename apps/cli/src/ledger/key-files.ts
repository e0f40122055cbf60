import type { KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readPrivateKey, readPublicKey } from '@novation/audit'
import type { Either } from 'fp-ts/Either'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'

/** The text of a file that somebody named. */
export const readText = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new Failure({
      id: 'file-unreadable',
      exit: exitCodes.failed,
      what: `${file} cannot be read`,
      why: error instanceof Error ? error.message : String(error),
      remedy: 'check the path and who may read it',
    })
  }
}

const keyOf =
  (read: (pem: string) => Either<string, KeyObject>, remedy: string) =>
  (file: string): KeyObject => {
    const key = read(readText(file))
    if (key._tag === 'Right') return key.right
    throw new Failure({ id: 'bad-key', exit: exitCodes.usage, what: `${file} is no such key`, why: key.left, remedy })
  }

export const privateKeyOf = keyOf(readPrivateKey, 'make one: openssl genpkey -algorithm ed25519 -out key.pem')

export const publicKeyOf = keyOf(
  readPublicKey,
  'take it from the private one: openssl pkey -in key.pem -pubout -out public.pem',
)
