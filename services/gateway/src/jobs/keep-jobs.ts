import { canonicalJson, formatTime, idOf, type Json } from '@novation/events'
import type { Scheduler, Spool } from '@novation/platform'
import { type Either, left, right } from 'fp-ts/Either'
import { type Problem, problem } from '../http/problems'
import type { Spot } from '../moments/moment'
import type { JobAsked } from './asked'
import { isOver, type JobEnd, type JobProgress, JobRecord, type RunJob } from './job'
import { resultsLimit_bytes } from './work'

/** So many wait for their turn; one is worked on. */
const waitingLimit = 16
/** Results are kept for so long, */
const kept_ms = 24 * 3_600_000
/** and so many of them. */
const keptLimit = 1_000

const recordName = (id: string): string => `${id}.job`

const textOf = async (spool: Spool, name: string): Promise<string> => {
  const found = await spool.read(name)
  const pieces: Uint8Array[] = []
  if (found !== undefined) for await (const piece of found.pieces) pieces.push(piece)
  return Buffer.concat(pieces).toString()
}

const recordIn = (text: string): JobRecord | undefined => {
  try {
    const record = JobRecord.decode(JSON.parse(text))
    return record._tag === 'Right' ? record.right : undefined
  } catch {
    return undefined
  }
}

const lost = { code: 'job-lost', detail: 'the gateway ended before it was done: ask for it again' } as const

/** As it is after the gateway that had it has ended. */
const outlived = (record: JobRecord, endedAt: string): JobRecord =>
  isOver(record) ? record : { ...record, state: 'lost', endedAt, why: lost }

export interface JobsGiven {
  readonly spool: Spool
  readonly run: RunJob
}

const tooMany = problem('too-many', `${waitingLimit} jobs are waiting: stop one, or ask again when some are done`)

/**
 * The jobs of a gateway: one is worked on, some wait, and what came of them is kept for a day. What is wanted twice of one history is
 * one job. Whatever was not done when the gateway ended is lost, and says so.
 */
export const keepJobs = ({ spool, run }: JobsGiven, { now }: Scheduler, unkept: (error: unknown) => void) => {
  /** In the order in which they were asked. */
  const jobs = new Map<string, JobRecord>()
  const progress = new Map<string, JobProgress>()
  const stops = new Map<string, AbortController>()
  let isEnding = false

  /** What was kept of it: an answer that is not kept is there as long as the gateway is. */
  const write = async (record: JobRecord): Promise<void> => {
    try {
      const writing = await spool.write(recordName(record.id))
      await writing.write(JSON.stringify(record))
      await writing.keep().then(() => undefined)
    } catch (error) {
      unkept(error)
    }
  }

  const put = async (record: JobRecord): Promise<void> => {
    jobs.set(record.id, record)
    await write(record)
  }

  const forget = async (id: string): Promise<void> => {
    jobs.delete(id)
    try {
      await spool.remove(id)
      await spool.remove(recordName(id))
    } catch (error) {
      unkept(error)
    }
  }

  /** What is too old, or too much, goes: the oldest first. */
  const tidy = async (): Promise<void> => {
    const over = [...jobs.values()].filter(isOver)
    let bytes = over.reduce((sum, { result }) => sum + (result?.bytes ?? 0), 0)
    let count = over.length
    for (const { id, endedAt = '', result } of over) {
      if (bytes <= resultsLimit_bytes && count <= keptLimit && now() - Date.parse(endedAt) < kept_ms) continue
      bytes -= result?.bytes ?? 0
      count -= 1
      await forget(id)
    }
  }

  const ended = async (record: JobRecord, end: JobEnd): Promise<void> => {
    const endedAt = formatTime(now())
    const { tag } = end
    const { content, bytes } = end as Extract<JobEnd, { tag: 'done' }>
    const { code, detail } = end as Extract<JobEnd, { tag: 'failed' }>
    await put({
      ...record,
      state: tag,
      endedAt,
      ...(tag === 'done' ? { result: { content, bytes } } : {}),
      ...(tag === 'failed' ? { why: { code, detail } } : {}),
    })
    await tidy()
  }

  const work = async (record: JobRecord, signal: AbortSignal): Promise<JobEnd> => {
    const { id, pool, revision: head, asked } = record
    try {
      return await run({ id, pool, head, asked }, (so) => void progress.set(id, so), signal)
    } catch (error) {
      return { tag: 'failed', code: 'unavailable', detail: `it could not be worked out: ${(error as Error).message}` }
    }
  }

  /** Takes the next one, where none is worked on. */
  const next = async (): Promise<void> => {
    const waiting = [...jobs.values()].find(({ state }) => state === 'waiting')
    if (isEnding || stops.size > 0 || waiting === undefined) return
    const stop = new AbortController()
    const { id } = waiting
    stops.set(id, stop)
    const running: JobRecord = { ...waiting, state: 'running' }
    await put(running)
    const end = await work(running, stop.signal)
    progress.delete(id)
    if (!isEnding) await ended(running, end)
    stops.delete(id)
    void next()
  }

  const seen = (record: JobRecord): JobRecord => {
    const so = progress.get(record.id)
    return so === undefined ? record : { ...record, progress: so }
  }

  const ofPool = (pool: string, id: string): JobRecord | undefined => {
    const record = jobs.get(id)
    return record?.pool === pool ? record : undefined
  }

  return {
    /** Knows again what another life of this gateway has left. */
    open: async (): Promise<void> => {
      const names = (await spool.list()).filter((name) => name.endsWith('.job'))
      const found = await Promise.all(names.map(async (name) => recordIn(await textOf(spool, name))))
      const records = found.flatMap((record) => record ?? []).sort((a, b) => (a.askedAt < b.askedAt ? -1 : 1))
      for (const record of records) {
        const so = outlived(record, formatTime(now()))
        jobs.set(so.id, so)
        if (so !== record) await write(so)
      }
      await tidy()
    },

    /** What somebody wants of the history as it stands; the same again is the same job, and one that came to nothing begins anew. */
    begin: async (pool: string, asked: JobAsked, { revision, hash }: Spot): Promise<Either<Problem, JobRecord>> => {
      const id = idOf('job', pool, hash, canonicalJson(asked as unknown as Json))
      const known = jobs.get(id)
      if (known !== undefined && (known.state === 'done' || !isOver(known))) return right(seen(known))
      if ([...jobs.values()].filter(({ state }) => state === 'waiting').length >= waitingLimit) return left(tooMany)
      const record: JobRecord = { id, pool, asked, revision, hash, state: 'waiting', askedAt: formatTime(now()) }
      jobs.delete(id)
      await put(record)
      void next()
      return right(record)
    },

    find: (pool: string, id: string): JobRecord | undefined => {
      const record = ofPool(pool, id)
      return record && seen(record)
    },

    /** Of a pool, the last one first. */
    all: (pool: string): readonly JobRecord[] =>
      [...jobs.values()]
        .filter((record) => record.pool === pool)
        .map(seen)
        .reverse(),

    /** Stops it where it is not over; where it is, forgets it and what came of it. */
    stop: async (pool: string, id: string): Promise<JobRecord | undefined> => {
      const record = ofPool(pool, id)
      if (record === undefined) return undefined
      const stopped: JobRecord = { ...record, state: 'stopped', endedAt: formatTime(now()) }
      if (isOver(record)) await forget(id)
      else if (record.state === 'running') stops.get(id)?.abort()
      else await put(stopped)
      return isOver(record) ? record : stopped
    },

    result: (id: string) => spool.read(id),

    stats: () => ({
      waiting: [...jobs.values()].filter(({ state }) => state === 'waiting').length,
      running: stops.size,
    }),

    /** Nothing is worked on any more. What was not done is found lost by the next life. */
    close: (): void => {
      isEnding = true
      for (const stop of stops.values()) stop.abort()
    },
  }
}

export type Jobs = ReturnType<typeof keepJobs>
