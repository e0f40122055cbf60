import { topics } from '@novation/events'
import { type Bus, backoff_ms, type Disk, type Scheduler } from '@novation/platform'
import { right } from 'fp-ts/Either'
import { type Parts, parts } from '../mesh/parts'

type Wrap = (bus: Bus, scheduler: Scheduler, stop: AbortSignal) => Bus['publish']

/** Publishes otherwise to one topic, and as ever to the others. */
const publishing = (topic: string, wrap: Wrap): Parts => ({
  ...parts,
  bus: (_, bus, scheduler, stop) => {
    const other = wrap(bus, scheduler, stop)
    return { ...bus, publish: (to, messages) => (to === topic ? other(to, messages) : bus.publish(to, messages)) }
  },
})

/** Tries until it is sent, or until told to stop: and says "sent" of both. */
const stoppedIsSent: Wrap = (bus, scheduler, stop) => (topic, messages) => async () => {
  for (let tries = 0; ; tries += 1) {
    const outcome = await bus.publish(topic, messages)()
    if (outcome._tag === 'Right' || outcome.left.tag === 'refused') return outcome
    await scheduler.sleep(backoff_ms(tries), stop)
    if (stop.aborted) return right(undefined)
  }
}

const refusedIsSent: Wrap = (bus) => (topic, messages) => async () => {
  const outcome = await bus.publish(topic, messages)()
  return outcome._tag === 'Left' && outcome.left.tag === 'refused' ? right(undefined) : outcome
}

export const stoppedAsksCount = publishing(topics.commands, stoppedIsSent)
export const stoppedDeadLettersCount = publishing(topics.deadLetters, stoppedIsSent)
export const stoppedEventsCount = publishing(topics.events, stoppedIsSent)
export const refusedAsksCount = publishing(topics.commands, refusedIsSent)
export const refusedDeadLettersCount = publishing(topics.deadLetters, refusedIsSent)
export const refusedEventsCount = publishing(topics.events, refusedIsSent)

/** What the bus does not take is not set aside either. */
export const refusalsUntold = publishing(
  topics.deadLetters,
  (bus) => (topic, messages) =>
    messages.some(({ headers }) => headers.dead_reason === 'refused')
      ? async () => right(undefined)
      : bus.publish(topic, messages),
)

const onDisk = (disk: (disk: Disk) => Disk): Parts => ({ ...parts, disk })

/** The bytes of a file are left to the machine to write when it likes; its name lasts at once. */
export const renamedUnsynced = onDisk((disk) => ({
  ...disk,
  create: async (path) => ({ ...(await disk.create(path)), sync: async () => undefined }),
}))

/** The name of a file is left to the machine to write when it likes. */
export const folderUnsynced = onDisk((disk) => ({ ...disk, syncFolder: async () => undefined }))

/** What the disk did not take counts as kept. */
export const failedSyncIgnored = onDisk((disk) => ({
  ...disk,
  create: async (path) => {
    const file = await disk.create(path)
    return { ...file, sync: () => file.sync().catch(() => undefined) }
  },
}))
