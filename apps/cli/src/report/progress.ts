import type { World } from '../world'

/** Says on standard error how far long work has come: one changing line at a terminal, else a plain line now and then. */
export interface Progress {
  readonly update: (done: number, position: string) => Promise<void>
  /** Leaves the terminal's line clean. */
  readonly finish: () => Promise<void>
}

const refresh_ms = 200
const plain_ms = 5_000
const barWidth = 24

const duration = (ms: number): string => {
  const seconds = Math.max(0, Math.round(ms / 1000))
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`
}

const bar = (share: number): string => {
  const filled = Math.round(share * barWidth)
  return `${'█'.repeat(filled)}${'░'.repeat(barWidth - filled)}`
}

/** `total` in the unit of `done`; left out where nobody knows it. `scale` turns `done` into what is shown. */
export const progress = ({ err, clock }: World, what: string, unit: string, total?: number): Progress => {
  const began = clock.now()
  let shown = began
  const describe = (done: number, position: string, now: number): string => {
    const elapsed = now - began
    const rate = `${Math.round((done * 1000) / Math.max(1, elapsed)).toLocaleString('en')} ${unit}/s`
    const count = done.toLocaleString('en')
    if (total === undefined || total === 0) return `${what}: ${count} ${unit}, ${rate}, at ${position}`
    const share = Math.min(1, done / total)
    const left = share === 0 ? '' : `, ${duration((elapsed * (1 - share)) / share)} left`
    const meter = err.terminal ? `${bar(share)} ` : ''
    return `${what}: ${meter}${Math.floor(share * 100)} % (${count} of ${total.toLocaleString('en')} ${unit}), ${rate}, at ${position}${left}`
  }
  return {
    update: async (done, position) => {
      const now = clock.now()
      if (now - shown < (err.terminal ? refresh_ms : plain_ms)) return
      shown = now
      const line = describe(done, position, now)
      await err.write(err.terminal ? `\r${line.slice(0, err.columns - 1)}\u001b[K` : `${line}\n`)
    },
    finish: async () => {
      if (err.terminal) await err.write('\r\u001b[K')
    },
  }
}
