import {
  type Book,
  emptyPool,
  evolveForReading,
  judge,
  type Pool,
  type Status,
  type Waiting,
  waitingOf,
} from '@novation/clearing'
import type { LedgerEvent } from '@novation/events'
import { readEvent } from '../decoded'
import { isAfter, type Place } from '../place'
import { type History, type Walk, walk } from '../walk'
import { isAbout, mayMove } from './involved'
import { newLineage, type Origin } from './lineage'
import { type Margin, marginOf } from './margin'
import { sentenceOf } from './sentence'
import { newTrail } from './sources'

/** One event of a story, and what it led to for the account. */
export interface Chapter {
  readonly revision: number
  readonly at: string
  readonly type: string
  readonly sentence: string
  readonly command: Origin['command']
  /** Why a service or the clock asked for it: nearest cause first, an outsider's command last. */
  readonly causes: readonly Origin[]
  /** Where the account stood before and after the command, where that changed, and the margin that says so. */
  readonly status?: { readonly before: Status; readonly after: Status }
  readonly margin?: Margin
}

export interface AccountStory {
  readonly account: string
  readonly pool: string
  /** Of the last event of the story. */
  readonly revision: number
  /** How the account stood where the story begins, where that is not the first event of the pool. */
  readonly beginning?: { readonly revision: number; readonly margin?: Margin }
  readonly chapters: readonly Chapter[]
  /** Why nothing happens to an account that is in breach at the end, and not offered for sale. */
  readonly waiting?: Waiting
  /** Where the account stands at the end; nothing while a price it depends on is unknown. */
  readonly margin?: Margin
}

const told = (margin: Margin | undefined): { readonly margin?: Margin } => (margin === undefined ? {} : { margin })

const isKnown = (pool: Pool, id: string): boolean => {
  const account = pool.accounts.get(id)
  return (
    account !== undefined &&
    [...account.positions.keys()].every((name) => pool.instruments.get(name)?.price !== undefined)
  )
}

const waitingIn = (pool: Book, id: string): { readonly waiting?: Waiting } => {
  const account = pool.accounts.get(id)
  const waiting = account === undefined || !isKnown(pool, id) ? undefined : waitingOf(judge(pool), account)
  return waiting === undefined ? {} : { waiting }
}

/**
 * The causal story of one account up to a place: what it did, the price that broke its margin and the numbers of it, the
 * call, the auction, each fill, and what each layer of the waterfall paid. It begins with the first event, or after
 * `beginning`, a state that stands at the end of a command, which is taken on: then `history` is what comes after that. Nothing
 * where there never was such an account, or where it was interrupted.
 */
export const accountStory = async (
  history: History,
  {
    pool: name,
    account: id,
    at,
    beginning,
    ...how
  }: Walk & { readonly pool: string; readonly account: string; readonly at: Place; readonly beginning?: Book },
): Promise<AccountStory | undefined> => {
  const lineage = newLineage()
  const trail = newTrail(id, beginning?.accounts.get(id))
  const pool = beginning ?? emptyPool(name)
  let group: LedgerEvent[] = []
  let groupMoves = false
  const chapters: Chapter[] = []

  const standing = (): Margin | undefined => {
    const account = pool.accounts.get(id)
    return account === undefined || !isKnown(pool, id) ? undefined : marginOf(pool, account, trail)
  }

  const begun = { revision: pool.revision, ...told(standing()) }
  let before: Status = begun.margin?.status ?? 'healthy'

  const chapter = (event: LedgerEvent): Chapter => ({
    revision: event.revision,
    at: event.at,
    type: event.type,
    sentence: sentenceOf(event, id),
    command: lineage.origin(event.revision)?.command ?? {
      id: event.metadata.commandId,
      type: '',
      actor: event.metadata.actor,
      revision: event.revision,
    },
    causes: lineage.causes(event.revision),
  })

  /** A command is at its end: its events are told where they are about the account, or have changed where it stands. */
  const close = (): void => {
    const about = group.filter((event) => isAbout(event, id))
    const now = groupMoves || about.length > 0 ? standing() : undefined
    const changed = now !== undefined && now.status !== before
    const told = about.length > 0 ? about : changed ? group.slice(0, 1) : []
    const last = told.length - 1
    chapters.push(
      ...told.map((event, index) =>
        index === last && changed
          ? { ...chapter(event), status: { before, after: now.status }, margin: now }
          : chapter(event),
      ),
    )
    before = now?.status ?? before
    group = []
    groupMoves = false
  }

  const passed = await walk(
    history,
    (stored) => {
      const event = readEvent(stored)
      if (isAfter(at, event)) return false
      lineage.add(event)
      trail.note(event)
      const account = pool.accounts.get(id)
      groupMoves ||=
        account !== undefined && mayMove(event, (held) => account.positions.has(held) || account.balances.has(held))
      void evolveForReading(pool, event)
      group.push(event)
      if (pool.revision >= pool.groupEnd) close()
      return true
    },
    how,
  )
  if (passed === 'interrupted') return undefined
  if (group.length > 0) close()
  if (!pool.accounts.has(id)) return undefined
  return {
    account: id,
    pool: name,
    revision: pool.revision,
    ...(beginning === undefined ? {} : { beginning: begun }),
    chapters,
    ...waitingIn(pool, id),
    ...told(standing()),
  }
}
