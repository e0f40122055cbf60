import { encodeEvent, type LedgerEvent } from '@novation/events'
import { type ExitCode, exitCodes } from '../exit-code'
import type { GatewayLife } from '../live/gateway-settings'
import { type Looked, openOnlooker } from '../live/onlooker'
import type { World } from '../world'

/** How a demo answers while it is played: on this machine, to whoever is on it. */
const open: Omit<GatewayLife, 'instance' | 'listen'> = {
  tokens: undefined,
  public: false,
  checkpoints: undefined,
  tls: undefined,
  behindProxy: false,
  origin: undefined,
  cors: undefined,
}

const untilAborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

/**
 * Lets a play be watched: where, is said before it begins, and each event is told once it is durable. Afterwards it goes on answering
 * until somebody presses Ctrl-C.
 */
export const whileWatched = async (
  looked: Looked,
  listen: GatewayLife['listen'],
  world: World,
  play: (durable: (events: readonly LedgerEvent[]) => Promise<void>) => Promise<ExitCode>,
): Promise<ExitCode> => {
  const onlooker = await openOnlooker(looked, { ...open, listen }, world)
  try {
    await world.err.write(`demo: watch it at ${onlooker.url}/pools/${looked.pool}\n`)
    const code = await play(async (events) => {
      for (const event of events) await onlooker.tell(encodeEvent(event))
    })
    if (code !== exitCodes.ok || world.interrupted.aborted) return code
    await world.err.write(`demo: it goes on answering at ${onlooker.url}; Ctrl-C ends it\n`)
    await Promise.race([untilAborted(world.interrupted), onlooker.ended])
    return code
  } finally {
    await onlooker.close()
  }
}
