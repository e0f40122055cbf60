import { verify } from '@novation/audit'
import { streamOf } from '@novation/events'
import { exitCodes } from '../exit-code'
import { interrupted } from '../interrupted'
import { appendMissing } from '../ledger/append-missing'
import { eventsIn, importRefused, poolOfExport } from '../ledger/export-file'
import { whileWriting } from '../ledger/writing'
import { progress } from '../report/progress'
import { ledger } from '../settings/shared'
import { subcommand } from '../subcommand'
import type { World } from '../world'

/** Nothing is taken over that does not verify by itself: chain, postings, fold, and every command decided again. */
const verified = async (file: string, pool: string, world: World): Promise<number> => {
  const shown = progress(world, 'verifying', 'events')
  const found = await verify(eventsIn(file), {
    pool,
    signal: world.interrupted,
    onProgress: ({ done, revision }) => void shown.update(done, `revision ${revision}`),
  })
  await shown.finish()
  const fault = found.checks.find(({ outcome }) => outcome === 'broken')
  if (fault !== undefined)
    throw importRefused(`${file} does not verify at revision ${fault.at}`, `${fault.check}: ${fault.reason}`)
  return found.events
}

export const importCommand = subcommand({
  name: 'import',
  summary: 'Makes an identical ledger of an export. What does not verify is refused whole.',
  operands: ['<FILE.jsonl>'],
  flags: { ledger },
  examples: ['novation import events.jsonl --ledger=copy'],
  run: async (settings, [file = ''], world) => {
    const pool = await poolOfExport(file)
    const events = await verified(file, pool, world)
    if (world.interrupted.aborted) return interrupted(world, 'nothing was written; the same command starts again')
    return whileWriting(settings.ledger, async (store) => {
      const appended = await appendMissing(store, pool, eventsIn(file), world.interrupted)
      const last = await store.last(streamOf(pool))
      const there = (last?.revision ?? -1) + 1
      if (there < events)
        return interrupted(world, `${there} of ${events} events are kept; the same command goes on from there`)
      const before = appended === events ? '' : ` (${events - appended} of them were there already)`
      await world.out.write(`Pool ${pool}: ${events} events${before}, head ${last?.hash ?? ''}\n`)
      return exitCodes.ok
    })
  },
})
