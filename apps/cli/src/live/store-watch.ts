import type { Health, Heard, Log, Scheduler, Standing } from '@novation/platform'

/** A store that misses for less is not worth a line. */
const grace_ms = 2_000

/** Between two lines is so much time at least. */
const spacing_ms = 1_000

/** How often is said that it is still away. */
const reminder_ms = 60_000

const sentences: Readonly<Record<Standing['why'], string>> = {
  away: 'the store is away; everything waits for it, and nothing is lost',
  forbidden: 'the store does not let this user do what it must; everything waits until somebody puts it right',
}

/**
 * Turns what the store's doors tell into health, and into a line of the log when it goes away, once a minute while it is
 * away, and when it is back. Never more than one line a second, however often it comes and goes.
 */
export const watchStore = (log: Log, health: Health, scheduler: Scheduler): Heard => {
  let told: { readonly at: number; readonly since: number } | undefined

  const sayBack = async (at: number, since: number): Promise<void> => {
    const away_s = (scheduler.now() - since) / 1000
    const wait_ms = at + spacing_ms - scheduler.now()
    if (wait_ms > 0) await scheduler.sleep(wait_ms)
    log.info({ away_s }, 'the store is there again')
  }

  return (standing) => {
    health.store(standing)
    const now = scheduler.now()
    if (standing === undefined) {
      if (told !== undefined) void sayBack(told.at, told.since)
      told = undefined
      return
    }
    const isDue = told === undefined ? now - standing.since >= grace_ms : now - told.at >= reminder_ms
    if (!isDue) return
    told = { at: now, since: standing.since }
    const { why, reason, since } = standing
    log[why === 'away' ? 'warn' : 'error']({ why, since: new Date(since).toISOString(), reason }, sentences[why])
  }
}
