import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { emptyPool, stateHash } from '@novation/clearing'
import { linkHash } from '@novation/events'
import { folderShelf, openEmbeddedStore, openProver, type RecordedEvent } from '@novation/platform'
import { runScript } from '@novation/testing'
import { foldHistory } from './history'
import { openBook } from './opening'

const folder = mkdtempSync(join(tmpdir(), 'novation-killed-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const shelf = folderShelf(join(folder, 'snapshots'))

/** One life of a ledger, ended with `kill -9` so many lines after it has said this word; what it printed. */
const life = async (round: number, word: string, lines: number): Promise<readonly string[]> => {
  const script = runScript(join(__dirname, 'live.script.ts'), folder, String(round))
  const isSaid = (line: string): boolean => line.startsWith(word) || line.startsWith('ended')
  while (!script.lines.some(isSaid)) await script.printed(script.lines.length + 1)
  await script.printed(script.lines.length + lines)
  script.kill()
  await script.ended
  return script.lines
}

const withStore = async <A>(work: (store: ReturnType<typeof openEmbeddedStore>) => Promise<A>): Promise<A> => {
  const store = openEmbeddedStore(folder)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

const recorded = (): Promise<readonly RecordedEvent[]> =>
  withStore(async (store) => {
    const events: RecordedEvent[] = []
    for await (const event of store.read('ledger-main', 0)) events.push(event)
    return events
  })

const wordsOf = (lines: readonly string[], first: string): readonly string[] =>
  lines.flatMap((line) => (line.startsWith(`${first} `) ? [line.slice(first.length + 1)] : []))

describe('a ledger that is killed again and again', () => {
  it('loses nothing it acknowledged, does nothing twice, and opens where it was, whatever it was doing', async () => {
    const done: string[] = []
    const made: string[] = []
    const opened: string[] = []
    for (let round = 0; round < 6; round += 1) {
      // Now and then nobody has proven anything: then all of it is proven anew, beside the work, and that is killed too.
      if (round % 3 === 2)
        for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
          if (name.endsWith('.proven')) rmSync(join(folder, name))
      const lines = await life(round, round % 2 === 0 ? 'made' : 'done', (round * 37) % 90)
      expect(wordsOf(lines, 'ended')).toEqual([])
      done.push(...wordsOf(lines, 'done'))
      made.push(...wordsOf(lines, 'made'))
      opened.push(...wordsOf(lines, 'opened'))
      const events = await recorded()
      let previousHash = '0'.repeat(64)
      for (const [index, { revision, hash, body }] of events.entries()) {
        expect([revision, hash]).toEqual([index, linkHash(previousHash, body)])
        previousHash = hash
      }
      const ids = events.map(({ body }) => JSON.parse(body).metadata.commandId as string)
      expect(new Set(ids).size).toBe(ids.length)
      expect(done.filter((id) => !ids.includes(id))).toEqual([])
      const [folded, found] = await withStore(async (store) => [
        await foldHistory(store, 'main'),
        (await openBook(store, emptyPool('main'), shelf, {})).book,
      ])
      expect([found?.head, found && stateHash(found)]).toEqual([folded?.head, folded && stateHash(folded)])
      expect(found?.outcomes.bytes()).toEqual(folded?.outcomes.bytes())
    }
    expect(made.length).toBeGreaterThan(0)
    expect(opened.length).toBeGreaterThan(0)
    const prover = await openProver(folderShelf(join(folder, 'elsewhere')), 'main', 1_000_000)
    const events = await recorded()
    expect((await prover.take(events, events.length - 1)).reached).toBe(events.length - 1)
  }, 120_000)
})
