import { openVerifier, type SigningKey, type Verify } from '@novation/events'
import { type Keyring, keyringOf } from './keyring'

/** So many of the last are remembered, and as many before them at most: what is signed here is asked about soon, or not at all. */
const most = 4_096

/** Keys that remember what they have signed, and a check that does not work out again that it holds. */
export interface OwnSignatures {
  readonly keyring: Keyring
  /** Answers as any verifier does: a signature that was made here, with this very key, of this very text, holds. */
  readonly verify: Verify
}

/** For a process that signs and decides. What others have signed is checked; and `novation verify` checks all of it, whoever signed. */
export const rememberOwn = (keys: Keyring): OwnSignatures => {
  let made = new Map<string, { readonly key: string; readonly text: string }>()
  let before = made
  const check = openVerifier()

  const remembering = ({ key, sign, signAside }: SigningKey): SigningKey => {
    const keep = (text: string, signature: string): string => {
      if (made.size >= most) [before, made] = [made, new Map()]
      made.set(signature, { key, text })
      return signature
    }
    return {
      key,
      sign: (text) => keep(text, sign(text)),
      signAside: async (text) => keep(text, await signAside(text)),
    }
  }

  const own = keys.actors.flatMap((actor) => {
    const key = keys.of(actor)
    return key === undefined ? [] : [[actor, remembering(key)] as const]
  })
  return {
    keyring: keyringOf(new Map(own)),
    verify: (key, text, signature) => {
      const known = made.get(signature) ?? before.get(signature)
      return (known?.key === key && known.text === text) || check(key, text, signature)
    },
  }
}
