import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign } from 'node:crypto'
import type { Command } from './commands'
import { signedText } from './compiled/write-event'
import { keyName } from './signature'

/** A key that can sign, by the name under which it is registered. */
export interface SigningKey {
  readonly key: string
  /** In base64url. */
  readonly sign: (text: string) => string
  /** The same, worked out by one of Node's threads while this one goes on. */
  readonly signAside: (text: string) => Promise<string>
}

/** Of a private key of Ed25519; a RangeError for any other. */
export const signingKey = (secret: KeyObject): SigningKey => {
  if (secret.asymmetricKeyType !== 'ed25519') throw new RangeError('not a private key of Ed25519')
  const { x = '' } = createPublicKey(secret).export({ format: 'jwk' })
  return {
    key: keyName(Buffer.from(x, 'base64url')),
    sign: (text) => sign(null, Buffer.from(text), secret).toString('base64url'),
    signAside: (text) =>
      new Promise((resolve, reject) =>
        sign(null, Buffer.from(text), secret, (error, signature) =>
          error === null ? resolve(signature.toString('base64url')) : reject(error),
        ),
      ),
  }
}

/** What stands before the 32 bytes of a secret in PKCS #8 (RFC 8410, section 7). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')

/** The key of an actor that anybody can make: for trying out only, and a pool that takes it says so. */
export const developmentKey = (seed: string, actor: string): SigningKey => {
  const secret = createHash('sha256').update(`novation/development-key/1\n${seed}\n${actor}`).digest()
  return signingKey(createPrivateKey({ key: Buffer.concat([pkcs8, secret]), format: 'der', type: 'pkcs8' }))
}

/** The same wish, signed for one pool's domain by one key and no other, by one of Node's threads while this one goes on. */
export const signCommandAside = async (
  command: Command,
  domain: string,
  { key, signAside }: SigningKey,
): Promise<Command> => {
  const { signatures: _, ...wish } = command
  const signature = await signAside(signedText(wish as Command, domain))
  return { ...wish, signatures: [{ key, signature }] } as Command
}

/** The same wish, signed for one pool's domain by these keys and no others. Its `at` and `actor` must stand in it (protocol 25). */
export const signCommand = (command: Command, domain: string, keys: readonly SigningKey[]): Command => {
  const { signatures: _, ...wish } = command
  const text = signedText(wish as Command, domain)
  const signatures = keys
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key, sign: signs }) => ({ key, signature: signs(text) }))
  return { ...wish, signatures } as Command
}
