import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { reducerVersion } from '@novation/clearing'
import { calm, foldOf, runLines } from '../test-world'
import { folderShelf } from './shelf'

const events = runLines(calm)

describe('a shelf that is a folder', () => {
  let directory: string
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'novation-shelf-'))
  })
  afterEach(() => rmSync(directory, { recursive: true, force: true }))

  it('names a snapshot by pool, reducer, revision and time, so that names are in the order of revisions', async () => {
    const pool = foldOf(events.slice(0, 11))
    await folderShelf(directory).put(pool)
    expect(readdirSync(directory)).toEqual([`main.r${reducerVersion}.000000000010.${pool.at}.json`])
    expect(folderShelf(directory).labels('main')).toEqual([{ pool: 'main', revision: 10, at: pool.at }])
  })

  it('labels what is there of a pool and of this reducer, oldest first', () => {
    const put = (name: string) => writeFileSync(join(directory, name), '{}')
    put(`main.r${reducerVersion}.000000000020.5.json`)
    put(`main.r${reducerVersion}.000000000003.9.json`)
    put(`main.r${reducerVersion}.1000000000000.1.json`)
    put(`main.r${reducerVersion + 1}.000000000004.9.json`)
    put(`main.x.r${reducerVersion}.000000000007.9.json`)
    put(`main.r${reducerVersion}.000000000005.9.json.part`)
    put('notes.txt')
    const revisions = (pool: string) =>
      folderShelf(directory)
        .labels(pool)
        .map(({ revision }) => revision)
    expect(revisions('main')).toEqual([3, 20, 1_000_000_000_000])
    expect(revisions('main.x')).toEqual([7])
    expect(revisions('other')).toEqual([])
  })

  it('is cleared of what need not be kept, and of what another reducer put there, and of nothing else', async () => {
    const put = (name: string) => writeFileSync(join(directory, name), '{}')
    const other = `main.r${reducerVersion + 1}.000000000004.9.json`
    const elsewhere = [`main.x.r${reducerVersion}.000000000007.9.json`, 'notes.txt']
    for (const name of [...elsewhere, other]) put(name)
    for (const revision of ['03', '05', '20']) put(`main.r${reducerVersion}.0000000000${revision}.9.json`)
    await folderShelf(directory).clear('main', ({ revision }) => revision === 5)
    expect(readdirSync(directory).sort()).toEqual([`main.r${reducerVersion}.000000000005.9.json`, ...elsewhere])
    await folderShelf(join(directory, 'nowhere')).clear('main', () => false)
  })

  it('is empty where there is no folder, and says so where it cannot be read', () => {
    expect(folderShelf(join(directory, 'nowhere')).labels('main')).toEqual([])
    writeFileSync(join(directory, 'file'), '')
    expect(folderShelf(join(directory, 'file')).labels('main')).toEqual([])
    mkdirSync(join(directory, 'x'))
    expect(() => folderShelf(`${directory}\0`).labels('main')).toThrow()
  })

  it('keeps no ids of commands, and of trades only of those that may be busted yet, and opens what it kept', async () => {
    const pool = foldOf(events)
    const shelf = folderShelf(directory)
    await shelf.put(pool)
    const [label] = shelf.labels('main')
    if (label === undefined) throw new Error('nothing was put aside')
    const text = JSON.stringify(shelf.open(label))
    expect(text).toContain('"alice"')
    expect(text.match(/"t-1"/g)).toHaveLength(1)
    expect(text).not.toContain('"c-7"')
    expect(shelf.open({ ...label, revision: 7 })).toBeUndefined()
    writeFileSync(join(directory, readdirSync(directory)[0] ?? ''), '{"half')
    expect(shelf.open(label)).toBeUndefined()
  })
})
