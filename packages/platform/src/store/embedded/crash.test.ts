import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { linkHash } from '@novation/events'
import { runScript, type Script } from '@novation/testing'
import { collect } from '../contract/collect'
import { openEmbeddedStore } from './embedded-store'

describe('the embedded store between processes', () => {
  let directory: string
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'novation-crash-'))
  })
  afterEach(async () => {
    for (const script of scripts.splice(0)) {
      script.kill()
      await script.ended
    }
    rmSync(directory, { recursive: true })
  })

  const scripts: Script[] = []
  const writer = (note: string): Script => {
    const script = runScript(join(__dirname, 'write.script.ts'), directory, 'ledger-main', note)
    scripts.push(script)
    return script
  }

  it('keeps every acknowledged append through kill -9, whole appends only, again and again', async () => {
    for (let round = 0; round < 3; round += 1) {
      const script = writer(`round ${round}`)
      await script.printed(40 + 7 * round)
      script.kill()
      await script.ended
      const acknowledged = Number(script.lines.at(-1))
      const store = openEmbeddedStore(directory)
      const events = await collect(store.read('ledger-main', 0))
      await store.close()
      expect(events.length).toBeGreaterThan(acknowledged)
      let previousHash = '0'.repeat(64)
      events.forEach(({ revision, hash, body }, index) => {
        expect(revision).toBe(index)
        expect(hash).toBe(linkHash(previousHash, body))
        previousHash = hash
      })
    }
  }, 60_000)

  it('lets one of two processes write a stream and fences the other', async () => {
    const [first, second] = [writer('first'), writer('second')]
    const loser = await Promise.race([first, second].map((script) => script.ended.then(() => script)))
    expect(JSON.parse(loser.lines.at(-1) ?? '')).toMatchObject({ tag: 'conflict' })
    for (const script of [first, second]) {
      script.kill()
      await script.ended
    }
    const store = openEmbeddedStore(directory)
    const events = await collect(store.read('ledger-main', 0))
    expect(events.map(({ revision }) => revision)).toEqual(events.map((_, index) => index))
    await store.close()
  }, 60_000)
})
