import { folderShelf, stateAt } from '@novation/audit'
import { decodeCommand, streamOf } from '@novation/events'
import { answerPast } from '@novation/gateway'
import { openEmbeddedStore, systemScheduler } from '@novation/platform'
import { serviceReactors } from '../run/reactors'
import { runNovation } from '../test-process'
import { anyPrice, historyIn, ndjson, smallPool, testWorld } from '../test-world'

const { folder, file } = testWorld()
jest.setTimeout(120_000)

const later = { at: '2020-03-12T10:05:00Z' }

/** What hurts somebody, little by little and at once. */
const blows: readonly (readonly [string, object, object])[] = [
  ['PublishPrice', { instrument: 'BTC-PERP', price: '880' }, { actor: 'oracle', ...later }],
  ['PublishPrice', { instrument: 'BTC-PERP', price: '840' }, { actor: 'oracle', ...later }],
  ['PublishPrice', { instrument: 'BTC-PERP', price: '700' }, { actor: 'oracle', ...later }],
]

/** What a dry run says would come of a command at the end of a ledger, with every service. */
const foreseen = async (ledger: string, line: string) => {
  const store = openEmbeddedStore(ledger)
  const whose = (pool: string) => (from: number) => store.read(streamOf(pool), from)
  const shelf = folderShelf(folder('nowhere'))
  const { pool } = await stateAt(shelf, 'main', { tag: 'end' }, whose('main'))
  const command = decodeCommand(JSON.parse(line), 'operator')
  if (pool === undefined || command._tag === 'Left') throw new Error('nothing to try')
  const ask = answerPast({ whose, shelf, reacting: serviceReactors, now: systemScheduler.now })
  const trial = { command: command.right, now: Date.parse(later.at), own: undefined }
  const { revision, head: hash } = pool
  const question = { pool: 'main', revision, hash, trial, settle: true }
  const told = await ask(question, new AbortController().signal)
  const again = await ask(question, new AbortController().signal)
  await store.close()
  expect(again).toEqual(told)
  if (told._tag === 'Left' || !('json' in told.right)) throw new Error('it is not accepted')
  return told.right.json as { readonly events: readonly object[]; readonly consequences: object }
}

describe('a dry run with `settle`', () => {
  it.each(blows)('of %s %j names what then happens in a run', async (type, data, more) => {
    const ledger = folder(`settle-${JSON.stringify(data).replaceAll(/\W/g, '-')}`)
    const before = file('before.ndjson', ndjson(...smallPool, anyPrice))
    expect((await runNovation(['run', before, `--ledger=${ledger}`])).code).toBe(0)
    const line = ndjson([type, data, { id: 'blow', ...more }]).trim()
    const { events } = await foreseen(ledger, line)
    const known = (await historyIn(ledger)).length
    expect((await runNovation(['run', file('blow.ndjson', `${line}\n`), `--ledger=${ledger}`])).code).toBe(0)
    const happened = (await historyIn(ledger)).slice(known).map((stored) => stored.split(' ', 1)[0])
    expect(events.map((event) => (event as { id: string }).id)).toEqual(happened)
    expect(events.length).toBeGreaterThan(0)
  })

  it('says who is called and who is liquidated', async () => {
    const ledger = folder('who')
    const before = file('who.ndjson', ndjson(...smallPool, anyPrice))
    expect((await runNovation(['run', before, `--ledger=${ledger}`])).code).toBe(0)
    const [type, data, more] = blows[1] ?? []
    const line = ndjson([type ?? '', data ?? {}, { id: 'blow', ...more }]).trim()
    expect((await foreseen(ledger, line)).consequences).toMatchObject({ liquidated: ['alice'], deleveraged: [] })
  })
})
