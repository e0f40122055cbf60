import type { Command } from '@novation/events'
import { systemScheduler } from '@novation/platform'
import { type RealMesh, until } from '../../../apps/cli/src/live/kit/real-mesh'
import { now_ms } from '../measure'
import type { Feed } from './feed'
import { sendAll } from './kafka'

/** How long after the first command was sent … */
export interface Flow {
  /** … Kafka had acknowledged all of them, */
  readonly accepted_ms: number
  /** … the outcome of each was in the ledger, */
  readonly drained_ms: number
  /** … and back on Kafka. */
  readonly relayed_ms: number
  readonly events: number
}

const sample_ms = 20
const patience_ms = 600_000

/** Sends commands as fast as they are acknowledged, and watches the ledger until it has decided the last of them. */
export const measureFlow = async (mesh: RealMesh, feed: Feed, commands: readonly Command[]): Promise<Flow> => {
  const before = await mesh.revision()
  const due = new Set(commands.map(({ id }) => id))
  let last = { revision: -1, at_ms: 0 }
  const quit = feed.listen((events) => {
    for (const { commandId, revision, at_ms } of events) if (due.delete(commandId)) last = { revision, at_ms }
  })

  const began = now_ms()
  const reached: { readonly revision: number; readonly at_ms: number }[] = []
  let watching = true
  const watch = async (): Promise<void> => {
    while (watching) {
      reached.push({ revision: await mesh.revision(), at_ms: now_ms() })
      await systemScheduler.sleep(sample_ms)
    }
  }
  const watched = watch()
  await sendAll((some) => mesh.send(...some), commands)
  const accepted_ms = now_ms() - began
  await until(
    () => due.size === 0,
    () => `${due.size} commands have no outcome`,
    patience_ms,
  )
  watching = false
  await watched
  quit()
  const drained = reached.find(({ revision }) => revision >= last.revision)
  return {
    accepted_ms,
    drained_ms: (drained?.at_ms ?? last.at_ms) - began,
    relayed_ms: last.at_ms - began,
    events: last.revision - before,
  }
}
