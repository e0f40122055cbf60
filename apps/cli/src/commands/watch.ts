import { streamOf } from '@novation/events'
import { exitCodes } from '../exit-code'
import { whichLedger, whileReading } from '../ledger/reading'
import { openOnlooker } from '../live/onlooker'
import { answering } from '../live/settings'
import { storeUrlOf } from '../settings/access'
import { subcommand } from '../subcommand'

/** How often it is looked whether there is anything new. */
const poll_ms = 100

export const watch = subcommand({
  name: 'watch',
  summary: 'Answers over HTTP about a ledger that another program writes, read only, and tells what comes to it.',
  operands: [],
  flags: { ...whichLedger, ...answering },
  examples: [
    'novation watch --ledger=.novation/ledger',
    'novation watch --eventstore=esdb://localhost:2113?tls=false --pool=main --listen=127.0.0.1:8421',
  ],
  run: async (settings, _, world) =>
    whileReading(settings, world, async (store, pool) => {
      const { ledger } = settings
      const eventstore = storeUrlOf(settings)
      let next = ((await store.last(streamOf(pool)))?.revision ?? -1) + 1
      const onlooker = await openOnlooker({ store, pool, ledger, eventstore }, settings, world)
      try {
        await world.out.write(`${onlooker.url}\n`)
        const stop = new AbortController()
        const over = AbortSignal.any([world.interrupted, stop.signal])
        const gone = onlooker.ended.finally(() => stop.abort())
        while (!over.aborted) {
          for await (const recorded of store.read(streamOf(pool), next)) {
            next = recorded.revision + 1
            await onlooker.tell(recorded)
          }
          await world.clock.sleep(poll_ms, over)
        }
        if (!world.interrupted.aborted) await gone
        return exitCodes.ok
      } finally {
        await onlooker.close()
      }
    }),
})
