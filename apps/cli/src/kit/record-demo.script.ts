import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '@novation/client'
import { streamOf } from '@novation/events'
import { openEmbeddedStore, type RecordedEvent } from '@novation/platform'
import { runNovation, startNovation } from '../test-process'
import { record } from './recorded'
import { busiestOf, demo } from './shown-demo'

/** So many events after the moment that is looked at are recorded too: something is to lie ahead of it. */
const ahead = 300

/** Decides the demo that the pictures are of anew, and keeps it: `npm run pictures -- --record`. */
const main = async (): Promise<void> => {
  const ledger = mkdtempSync(join(tmpdir(), 'novation-recorded-'))
  await runNovation([...demo, `--ledger=${ledger}`])
  const watching = startNovation(['watch', `--ledger=${ledger}`, '--listen=127.0.0.1:0'])
  await watching.printed(1)
  const busiest = await busiestOf(connect({ url: watching.said().trim() }).pool('main'))
  watching.child.kill('SIGTERM')
  await watching.ended
  const store = openEmbeddedStore(ledger)
  const events: RecordedEvent[] = []
  let end = busiest + ahead
  for await (const event of store.read(streamOf('main'), 0)) {
    const { events: group } = JSON.parse(event.body).metadata
    if (event.revision <= end && group !== undefined) end = Math.max(end, event.revision + group - 1)
    if (event.revision > end) break
    events.push(event)
  }
  await store.close()
  rmSync(ledger, { recursive: true })
  record(events)
  console.log(`recorded ${events.length} events; most auctions are open at revision ${busiest}`)
}
void main()
