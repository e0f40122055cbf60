import type { Job, JobAsked } from './generated/api'
import { paths } from './generated/paths'
import { answered, type Line, located } from './request'

export interface JobOptions {
  readonly signal?: AbortSignal
  /** Hears how far it has come, each time it is asked for. */
  readonly hear?: (job: Job) => void
}

/** How often it is asked whether a job is done. */
const look_ms = 500

const isOver = ({ state }: Job): boolean => state !== 'waiting' && state !== 'running'

const jobIn = async (response: Response): Promise<Job> => (await response.json()) as Job

/** Has something worked out; the same again, of the same history, is the same job. */
export const beginJob =
  (line: Line, pool: string) =>
  async (asked: JobAsked, { signal }: Pick<JobOptions, 'signal'> = {}): Promise<Job> =>
    jobIn(
      await answered(line, {
        method: 'POST',
        path: located(paths.beginJob, { pool }),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(asked),
        signal,
      }),
    )

/** Stops a job; forgets one that is over, and what came of it. */
export const stopJob =
  (line: Line, pool: string) =>
  async (id: string): Promise<Job> =>
    jobIn(await answered(line, { method: 'DELETE', path: located(paths.stopJob, { pool, job: id }) }))

/** Has something worked out and waits for it: what came of it, as the command line says it. Rejects with a `Problem` where it cannot be. */
export const workOut =
  (line: Line, pool: string) =>
  async (asked: JobAsked, { signal, hear }: JobOptions = {}): Promise<{ readonly job: Job; readonly text: string }> => {
    let job = await beginJob(line, pool)(asked, signal === undefined ? {} : { signal })
    const at = (template: string) =>
      ({ method: 'GET', path: located(template, { pool, job: job.id }), signal }) as const
    for (hear?.(job); !isOver(job); hear?.(job)) {
      await line.world.sleep(look_ms, signal)
      signal?.throwIfAborted()
      job = await jobIn(await answered(line, at(paths.job)))
    }
    const result = await answered(line, at(paths.jobResult))
    return { job, text: await result.text() }
  }
