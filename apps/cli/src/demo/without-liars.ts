import { emptyPool } from '@novation/clearing'
import { startMesh } from '@novation/platform'
import type { Keyring } from '../identity/keyring'
import { signLine } from '../identity/sign-line'
import { step } from '../run/step'
import type { Feed } from './feed'
import { type PriceTally, priceTeller } from './price-tally'
import { demoReactors } from './reactors'
import { demoPool, type Script } from './script'
import { isAboutKeys } from './signed'

/** What the same demo is played by when its liars are honest: nothing of it is kept, and what is signed counts as proven. */
export interface Honest {
  readonly script: Script
  readonly feed: Feed
  readonly keyring: Keyring
  readonly bar_s: number
  readonly maxSettle: number
}

/** How the same demo ends where everybody who lies in it is honest. Nobody looks at a signature here but at those that make keys known. */
export const withoutLiars = async ({ script, feed, keyring, bar_s, maxSettle }: Honest): Promise<PriceTally> => {
  const book = emptyPool(demoPool, undefined, 'assumed')
  const { read, tally } = priceTeller(feed)
  const mesh = startMesh(book, demoReactors(bar_s, read)(book))
  for await (const batch of script.lines)
    for (const { command } of batch) {
      const { at, identity } = mesh.pool
      void step(
        mesh,
        isAboutKeys(command) ? signLine(keyring, { domain: identity?.domain, at }, command) : command,
        maxSettle,
      )
    }
  return tally()
}
