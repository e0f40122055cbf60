import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { verify } from '@novation/audit'
import { readPublicForm, type Stored, streamOf } from '@novation/events'
import type { EventStore } from '@novation/platform'
import { isNonEmpty } from 'fp-ts/Array'
import { exitCodes } from '../exit-code'
import { Failure } from '../failure'
import { whileWriting } from '../ledger/writing'
import { progress } from '../report/progress'
import { ledger } from '../settings/shared'
import { subcommand } from '../subcommand'
import type { World } from '../world'

const broken = (what: string, why: string): Failure =>
  new Failure({
    id: 'import-refused',
    exit: exitCodes.mismatch,
    what,
    why,
    remedy: 'export it again from a ledger that verifies; nothing was written',
  })

/** The events of an export, one a line. */
async function* eventsOf(file: string): AsyncIterable<Stored> {
  let line = 0
  for await (const text of createInterface({
    input: createReadStream(file, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    line += 1
    if (text.trim() === '') continue
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch {
      throw broken(`line ${line} of ${file} is not JSON`, text.slice(0, 60))
    }
    const stored = readPublicForm(json)
    if (stored._tag === 'Left') throw broken(`line ${line} of ${file} is no event`, stored.left)
    yield stored.right
  }
}

const poolOfFile = async (file: string): Promise<string> => {
  for await (const { body } of eventsOf(file)) return (JSON.parse(body) as { readonly pool: string }).pool
  throw broken(`${file} holds no event`, 'it is empty')
}

/** Nothing is taken over that does not verify by itself: chain, postings, fold, and every command decided again. */
const verified = async (file: string, pool: string, world: World): Promise<number> => {
  const shown = progress(world, 'verifying', 'events')
  let done = 0
  const found = await verify(eventsOf(file), {
    pool,
    signal: world.interrupted,
    onProgress: (so) => {
      done = so.done
      void shown.update(done, `revision ${so.revision}`)
    },
  })
  await shown.finish()
  const fault = found.checks.find(({ outcome }) => outcome === 'broken')
  if (fault !== undefined)
    throw broken(`${file} does not verify at revision ${fault.at}`, `${fault.check}: ${fault.reason}`)
  return found.events
}

const appendAll = async (store: EventStore, file: string, pool: string): Promise<string> => {
  const stream = streamOf(pool)
  let batch: Stored[] = []
  let head = ''
  const flush = async (): Promise<void> => {
    if (!isNonEmpty(batch)) return
    const done = await store.append(stream, batch, batch[0].revision - 1)()
    if (done._tag === 'Left')
      throw new Failure({
        id: 'import-conflict',
        exit: exitCodes.failed,
        what: `the ledger holds another history of pool ${pool} already`,
        why: JSON.stringify(done.left),
        remedy: 'import into a new folder',
      })
    batch = []
  }
  for await (const event of eventsOf(file)) {
    batch.push(event)
    head = event.hash
    if (batch.length === 500) await flush()
  }
  await flush()
  return head
}

export const importCommand = subcommand({
  name: 'import',
  summary: 'Makes an identical ledger of an export. What does not verify is refused whole.',
  operands: ['<FILE.jsonl>'],
  flags: { ledger },
  examples: ['novation import events.jsonl --ledger=copy'],
  run: async (settings, [file = ''], world) => {
    const pool = await poolOfFile(file)
    const events = await verified(file, pool, world)
    if (world.interrupted.aborted) return exitCodes.interrupted
    const head = await whileWriting(settings.ledger, (store) => appendAll(store, file, pool))
    await world.out.write(`Pool ${pool}: ${events} events, head ${head}\n`)
    return exitCodes.ok
  },
})
