import { topics } from '@novation/events'
import { type Bus, type Log, publishSurely } from '@novation/platform'
import { commandLinesOf } from '../run/command-lines'
import type { World } from '../world'

/** The embedded mesh is sent its commands on standard input, one JSON object a line; its end does not end the mesh. */
export const takeStandardInput = async (
  bus: Bus,
  pools: readonly string[],
  world: World,
  log: Log,
  signal: AbortSignal,
): Promise<void> => {
  const input = world.stdin()
  signal.addEventListener('abort', () => input.destroy(), { once: true })
  try {
    for await (const lines of commandLinesOf(input)) {
      for (const line of lines) {
        if (!('command' in line)) {
          log.warn({ ...line }, 'a line of standard input was refused')
          continue
        }
        const { command } = line
        const message = { key: command.pool, value: JSON.stringify(command), headers: {} }
        const published = await publishSurely(bus, world.clock, topics.commands, [message], signal)
        switch (published.tag) {
          case 'sent':
            break
          case 'stopped':
            return log.warn(
              { command: command.id },
              'told to stop: neither this command of standard input nor what follows it is sent',
            )
          case 'refused':
            log.warn(
              { command: command.id, reason: published.refused[0].reason },
              'a line of standard input was refused',
            )
        }
      }
    }
    log.info({ pools }, 'standard input has ended; the mesh goes on until it is told to stop')
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
