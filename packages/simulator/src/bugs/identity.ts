import { type Book, contentHash, keyOf, process } from '@novation/clearing'
import { roleOf } from '@novation/events'
import { elsewhere } from '../load/keys'
import { ledgerWith } from './other-ledger'
import { decidedIn } from './other-rules'

type Identity = Exclude<Book['identity'], undefined>
type Bindings = Identity['keys'] extends { readonly get: (key: string) => infer B | undefined } ? B : never

/** Who repeats a command is answered, whoever it is. */
export const repeatsUnchecked = ledgerWith({
  process: (book, command, clock) => {
    const outcome = book.outcomes.get(keyOf(command))
    return outcome !== undefined && contentHash(command).startsWith(outcome.contentHash)
      ? { tag: 'repeated', outcome }
      : process(book, command, clock)
  },
})

/** A key counts from the moment it is registered. */
export const pendingCounts = decidedIn((book) => {
  const { identity } = book
  if (identity === undefined) return
  for (const [key, bindings] of identity.keys)
    book.put<Identity, Bindings>(
      identity,
      'keys',
      key,
      bindings.map((each) => ({ ...each, from: each.since })),
    )
})

/** What is signed for one house counts in another. */
export const domainLeftOut = decidedIn((book) => {
  const { verify, identity } = book
  if (verify === 'assumed' || identity === undefined) return
  book.set<Book, 'verify'>(
    book,
    'verify',
    (key, text, signature) =>
      verify(key, text, signature) ||
      verify(key, text.replace(`\n${identity.domain}\n`, `\n${elsewhere}\n`), signature),
  )
})

/** The trader and the keeper of an account are two owners, and an operator gives each a first key. */
export const twoOwners = decidedIn((book, { type, data }) => {
  const { identity } = book
  if (identity === undefined || type !== 'RegisterKey' || roleOf(data.actor) !== 'trader') return
  book.put<Identity, readonly string[]>(identity, 'parties', `owner/${data.actor.slice('trader:'.length)}`, [])
})
