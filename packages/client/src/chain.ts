import { sumsToZero } from './amounts'
import { canonicalJson } from './canonical'
import type { Event, SeenEvent } from './generated/api'
import { here, type World } from './world'

/** Up to where a history is known to be sound: what comes next must follow from there. */
export interface Link {
  readonly revision: number
  readonly hash: string
}

/** Before the first event. */
export const genesis: Link = { revision: -1, hash: '0'.repeat(64) }

export type Chain =
  | { readonly sound: true; readonly events: number; readonly last: Link }
  /** The first event that does not follow from what is before it, and why. */
  | { readonly sound: false; readonly revision: number; readonly why: string }

export interface VerifyOptions {
  /** The link before the first event that is handed over; the beginning of the ledger where it is left out. */
  readonly after?: Link
  /** What is vouched for from elsewhere, in order of revision: `verifyCheckpoint` reads it. */
  readonly checkpoints?: readonly Link[]
  /** Hears how far it has come. */
  readonly progress?: (link: Link) => void
  readonly world?: Pick<World, 'sha256'>
}

/** The text that the hash of an event is taken over: everything but its id and hash. */
const sealedText = ({ id: _, ...event }: Event): string => {
  const { hash: __, ...metadata } = event.metadata
  return canonicalJson({ ...event, metadata })
}

/** Whether what an event moves comes from somewhere: its postings sum to zero, asset by asset. */
const isBalanced = ({ postings }: Event): boolean => {
  const assets = new Set(postings.map(({ asset }) => asset))
  return [...assets].every(
    (asset) => sumsToZero(postings.filter((one) => one.asset === asset).map(({ amount }) => amount)) === true,
  )
}

/**
 * Holds events, as the gateway tells them, to each other: no revision is missing, each names the hash before it, is what its own hash
 * says, and its postings sum to zero. It proves that this history was not altered since it had that last hash; that the
 * hash is the ledger's is for a checkpoint to say, and that it was rightly decided for `novation verify`.
 */
export const verifyChain = async (
  events: Iterable<SeenEvent> | AsyncIterable<SeenEvent>,
  { after = genesis, checkpoints = [], progress, world = here }: VerifyOptions = {},
): Promise<Chain> => {
  let last = after
  let count = 0
  const vouched = checkpoints.filter(({ revision }) => revision > after.revision)
  const broken = (why: string): Chain => ({ sound: false, revision: last.revision + 1, why })
  for await (const event of events) {
    if ('cut' in event) return broken('it is cut for who sees one account only, and proves nothing')
    const { previousHash, hash } = event.metadata
    if (event.revision !== last.revision + 1) return broken(`revision ${event.revision} stands in its place`)
    if (previousHash !== last.hash) return broken('it does not name the hash of the event before it')
    if ((await world.sha256(previousHash + sealedText(event))) !== hash) return broken('it is not what its hash says')
    if (!isBalanced(event)) return broken('its postings do not sum to zero')
    if (vouched[0]?.revision === event.revision && vouched.shift()?.hash !== hash)
      return broken('a checkpoint says that another event stood there')
    last = { revision: event.revision, hash }
    count += 1
    progress?.(last)
  }
  const [cut] = vouched
  return cut === undefined
    ? { sound: true, events: count, last }
    : broken(`it ends here, and a checkpoint vouches for revision ${cut.revision}`)
}
