import { generateKeyPairSync } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import type { StoredEvent } from '@novation/platform'
import { openEmbeddedStore, openEventStoreDb } from '@novation/platform'
import { startEventStoreDb } from '@novation/testing'
import { isNonEmpty } from 'fp-ts/Array'
import { exitCodes } from '../exit-code'
import { ndjson, smallPool, testWorld } from '../test-world'

/** Where a ledger may be put, under a pool's name that nobody else has; and how to end what was begun for it. */
interface Remote {
  readonly connectionString: string
  readonly pool: string
  readonly close: () => Promise<void>
}

/** Every command answers of a ledger in EventStoreDB what it answers of the very same ledger in a folder. */
export const answersAsTheFolder = (name: string, open: () => Promise<Remote>, suite: jest.Describe = describe): void =>
  suite(`a ledger in ${name}`, () => {
    const world = testWorld()
    const { file, folder } = world
    /** Time stands still, so that nothing depends on how long it took. */
    const clock = { now: () => Date.parse('2020-03-12T10:00:00Z'), sleep: () => Promise.resolve() }
    const take = (words: readonly string[]) => world.take(words, { clock })

    const ledger = folder('ledger')
    const key = folder('key.pem')
    const publicKey = folder('public.pem')
    const checkpoints = folder('folder-checkpoints')
    let server: Remote
    /** Who has the server alone need not say which pool. */
    const fromServer = () => [
      `--eventstore=${server.connectionString}`,
      ...(server.pool === 'main' ? [] : [`--pool=${server.pool}`]),
    ]

    /** alice is called at 880, liquidated below, and owes what the fund does not pay. */
    const fall = ndjson(
      ...smallPool,
      ...Array.from({ length: 300 }, (_, minute) => {
        const at = new Date(Date.parse('2020-03-12T10:01:00Z') + minute * 60_000).toISOString()
        const price = String(minute < 200 ? 1000 - minute : 800 - (minute % 3))
        return ['PublishPrice', { instrument: 'BTC-PERP', price }, { at, actor: 'oracle' }] as const
      }),
    )

    /** Puts the very events of the folder into the server. */
    const copy = async (): Promise<void> => {
      const [from, to] = [openEmbeddedStore(ledger), openEventStoreDb(server.connectionString)]
      const events: StoredEvent[] = []
      for await (const { id, type, revision, hash, body } of from.read(`ledger-${server.pool}`, 0))
        events.push({ id, type, revision, hash, body })
      for (let next = 0; next < events.length; next += 200) {
        const batch = events.slice(next, next + 200)
        if (isNonEmpty(batch))
          expect(await to.append(`ledger-${server.pool}`, batch, next - 1)()).toMatchObject({ _tag: 'Right' })
      }
      await Promise.all([from.close(), to.close()])
    }

    beforeAll(async () => {
      server = await open()
      const { privateKey, publicKey: shown } = generateKeyPairSync('ed25519')
      file('key.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }))
      file('public.pem', shown.export({ type: 'spki', format: 'pem' }))
      file('stricter.json', '{"pool":{"waterfall":{"skinInTheGame":"0"}}}')
      expect(
        (
          await take([
            'run',
            file('fall.ndjson', fall.replaceAll('"pool":"main"', `"pool":"${server.pool}"`)),
            `--ledger=${ledger}`,
          ])
        ).code,
      ).toBe(exitCodes.ok)
      await copy()
    })

    afterAll(() => server.close())

    const both = async (...words: readonly string[]) => {
      const [name = '', ...more] = words
      return {
        fromFolder: await take([name, `--ledger=${ledger}`, ...more]),
        fromServer: await take([name, ...fromServer(), ...more]),
      }
    }

    const shelf = `--snapshots=${folder('folder-shelf')}`

    it('is snapshotted to the same files', async () => {
      const shelves = ['folder', 'server'].map((name) => folder(`${name}-shelf`))
      await take(['snapshot', `--ledger=${ledger}`, `--snapshots=${shelves[0]}`, '--every=100'])
      await take(['snapshot', ...fromServer(), `--snapshots=${shelves[1]}`, '--every=100'])
      const [one, other] = shelves.map((directory) =>
        readdirSync(directory).map((name) => [name, readFileSync(`${directory}/${name}`, 'utf8')]),
      )
      expect(one?.length).toBeGreaterThan(1)
      expect(other).toEqual(one)
    })

    it('is signed with the same checkpoints', async () => {
      const [one, other] = [checkpoints, folder('server-checkpoints')]
      await take(['checkpoint', `--ledger=${ledger}`, `--key=${key}`, `--out=${one}`, '--every=100'])
      await take(['checkpoint', ...fromServer(), `--key=${key}`, `--out=${other}`, '--every=100'])
      expect(readFileSync(other, 'utf8')).toBe(readFileSync(one, 'utf8'))
    })

    it.each([
      ['solvency', []],
      ['solvency', ['--at=250', shelf, '--output=json']],
      ['solvency', ['--at=@1999-01-01T00:00:00Z']],
      ['verify', [shelf]],
      ['verify', [shelf, `--checkpoints=${checkpoints}`, `--public-key=${publicKey}`, '--output=json']],
      ['explain', ['alice']],
      ['explain', ['250', '--output=json']],
      ['explain', ['nobody']],
      ['diff', ['--from=100', '--to=250', shelf]],
      ['diff', ['--from=@2020-03-12T10:00:00Z', '--output=json', shelf]],
      ['replay', [`--parameters=${folder('stricter.json')}`, '--output=json']],
      ['disclosure', ['--output=json']],
      ['export', ['--output=csv']],
      ['export', ['--from=100', '--to=@2020-03-12T13:00:00Z']],
      ['tail', ['--filter=type:MarginCall']],
      ['tail', ['--from=end']],
    ])('answers `%s %j` as the folder does, byte for byte', async (name, more) => {
      const { fromFolder, fromServer } = await both(name, ...more)
      expect(fromServer).toEqual(fromFolder)
      expect(fromFolder.out + fromFolder.err).not.toBe('')
    })

    it('is exported and imported as the very same ledger', async () => {
      const { out } = await take(['export', ...fromServer()])
      const imported = await take(['import', file('all.jsonl', out), `--ledger=${folder('copy')}`])
      expect(imported.code).toBe(exitCodes.ok)
      expect((await take(['export', `--ledger=${folder('copy')}`])).out).toBe(out)
    })

    it('that cannot be reached is said to be so, with exit code 5', async () => {
      const stopped = await startEventStoreDb()
      await stopped.stop()
      const { code, out, err } = await take(['solvency', `--eventstore=${stopped.connectionString}`, '--wait=0'])
      expect({ code, out }).toEqual({ code: exitCodes.unavailable, out: '' })
      expect(err).toMatch(/what to do: [\s\S]* {2}id: /)
    })
  })
