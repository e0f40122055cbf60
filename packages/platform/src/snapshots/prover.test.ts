import { type Book, readStateText, stateHash, stateText } from '@novation/clearing'
import { type Stored, sealEvent } from '@novation/events'
import { openMemoryDisk } from '../disk/memory-disk'
import { day, decideAll } from './kit/history'
import { openProver } from './prover'
import { folderShelf } from './shelf'

const { stored, book } = decideAll(day)
const half = decideAll(day.slice(0, 40))
const head = book.revision

/** The last revision of each command. */
const ends: number[] = []
decideAll(day, ({ revision }) => ends.push(revision))
const before = (end: number): number => (ends[ends.indexOf(end) - 1] ?? -1) + 1

/** The first end of a command from a revision on, then the first so many events after that, and so on. */
const endsFrom = (first: number, step: number): readonly number[] => {
  const found: number[] = []
  for (let due = first; ; due = (found.at(-1) ?? 0) + step) {
    const end = ends.find((at) => at >= due)
    if (end === undefined) return found
    found.push(end)
  }
}
const shelfOnNewDisk = () => folderShelf('/snapshots', openMemoryDisk().mount())

const proving = async (shelf: ReturnType<typeof folderShelf>, every = 1_000_000) => {
  const prover = await openProver(shelf, 'main', every)
  return { prover, taken: await prover.take(stored.slice(prover.from + 1), head) }
}

/** Hands on a command at a time, as the ledger does while the prover keeps up; what was put aside. */
const keepingUp = async (shelf: ReturnType<typeof folderShelf>, every: number): Promise<readonly number[]> => {
  const prover = await openProver(shelf, 'main', every)
  const made: number[] = []
  for (const end of ends) {
    const taken = await prover.take(stored.slice(before(end), end + 1), end)
    made.push(...taken.made.map(({ revision }) => revision))
  }
  return made
}

describe('a prover', () => {
  it('decides all of a history again, handed to it in whatever pieces', async () => {
    const prover = await openProver(shelfOnNewDisk(), 'main', 1_000_000)
    expect(prover.from).toBe(-1)
    for (let at = 0; at < stored.length; at += 7)
      await prover.take(stored.slice(at, at + 7), head).then(() => undefined)
    expect(await prover.take([], head)).toEqual({ reached: head, made: [], proven: [] })
    await prover.close()
  })

  it('puts aside a proven snapshot at the end of a command every so many events, and begins there again', async () => {
    const shelf = shelfOnNewDisk()
    expect(await keepingUp(shelf, 20)).toEqual(endsFrom(19, 20))
    const again = await openProver(shelf, 'main', 20)
    expect(again.from).toBe(endsFrom(19, 20).at(-1))
    expect((await again.take(stored.slice(again.from + 1), head)).reached).toBe(head)
  })

  it('leaves no more than three of its own', async () => {
    const shelf = shelfOnNewDisk()
    const made = await keepingUp(shelf, 10)
    expect((await shelf.labels('main')).map(({ revision }) => revision)).toEqual(made.slice(-3))
  })

  it('hurries where it is far behind: it puts aside an eighth as often', async () => {
    const prover = await openProver(shelfOnNewDisk(), 'main', 5)
    const { made } = await prover.take(stored, head + 1_000)
    expect(made.map(({ revision }) => revision)).toEqual(endsFrom(39, 40))
  })

  it('meets a snapshot of somebody else once, and holds it for proven from then on', async () => {
    const shelf = shelfOnNewDisk()
    const other = await shelf.put(half.book, false)
    expect(await shelf.noted(other, 'proven')).toBeUndefined()
    expect((await proving(shelf)).taken.proven).toEqual([{ pool: 'main', revision: other.revision, at: other.at }])
    const again = await proving(shelf)
    expect([again.prover.from, again.taken.proven]).toEqual([other.revision, []])
  })

  it('does not begin at one that it proved and that was damaged since', async () => {
    const disk = openMemoryDisk().mount()
    const shelf = folderShelf('/snapshots', disk)
    const other = await shelf.put(half.book, false)
    await proving(shelf).then(() => undefined)
    await (await disk.create(`/snapshots/main.state.${other.state}`)).write(Buffer.from('{}'))
    expect((await proving(shelf)).prover.from).toBe(-1)
  })

  it('stops at an event that its command does not come to, and names it', async () => {
    const at = stored.findIndex(({ type }) => type === 'CollateralDeposited')
    const { id: _, hash: __, body } = stored[at] as Stored
    const said = JSON.parse(body)
    const { stored: forged } = sealEvent({ ...said, data: { ...said.data, amount: '999' }, postings: [] })
    const prover = await openProver(shelfOnNewDisk(), 'main', 1_000_000)
    await expect(prover.take([...stored.slice(0, at), forged], head)).rejects.toMatchObject({
      name: 'Halted',
      reason: 'broken-history',
      message: `main is not what its commands come to, from revision ${at} on: ${said.metadata.commandId} makes another event ${at} than is recorded`,
    })
  })

  it('stops at what is no event, and is handed nothing out of turn', async () => {
    const prover = await openProver(shelfOnNewDisk(), 'main', 1_000_000)
    await expect(prover.take(stored.slice(1), head)).rejects.toThrow('event 0 of main is next, not 1')
    const spoilt = { ...(stored[0] as Stored), body: '{}' }
    await expect(prover.take([spoilt], head)).rejects.toMatchObject({ reason: 'broken-history' })
  })
})

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

const another = (leaf: Json): Json => {
  if (typeof leaf === 'number') return leaf + 1
  if (typeof leaf === 'boolean') return !leaf
  return /^-?\d+(\.\d+)?$/.test(String(leaf)) ? '987654321' : `${leaf}x`
}

/** Every JSON value that differs from this one in a single leaf, with where that is. */
const variations = (json: Json, path = ''): readonly (readonly [string, Json])[] => {
  if (Array.isArray(json))
    return json.flatMap((item, i) =>
      variations(item, `${path}[${i}]`).map(([at, other]) => [at, json.with(i, other)] as const),
    )
  if (typeof json === 'object' && json !== null)
    return Object.entries(json).flatMap(([key, value]) =>
      variations(value, `${path}.${key}`).map(([at, other]) => [at, { ...json, [key]: other }] as const),
    )
  return [[path, another(json)]]
}

/** A book of this state that remembers what the other does. */
const bookOf = (state: Json, { outcomes, trades }: Book): Book | undefined => {
  try {
    const made = readStateText(JSON.stringify(state))
    made.outcomes.load(outcomes.bytes())
    made.trades.load(trades.bytes())
    return stateText(made) === '' ? undefined : made
  } catch {
    return undefined
  }
}

/** Puts a lie aside, whole and true to its own digests, proves the day over it, and answers what the prover said. */
const metWith = async (lie: Book): Promise<string> => {
  const shelf = shelfOnNewDisk()
  const found = await shelf.put(lie, false)
  await shelf.note(found, 'decided', String(found.revision + 1))
  const said = await proving(shelf).then(
    () => 'nothing',
    (error: Error) => error.message,
  )
  if (said !== 'nothing') expect(await shelf.labels('main')).toEqual([])
  return said
}

describe('a snapshot that lies, though every byte of it is what it says', () => {
  const since = half.book.revision + 1

  it('is met, named, with the first revision decided on it, and put out of the way: any field of the state', async () => {
    const state = JSON.parse(stateText(half.book)) as Json
    const lies = variations(state).filter(([path]) => !/^\.(revision|at|name|head)$/.test(path))
    expect(lies.length).toBeGreaterThan(150)
    let told = 0
    for (const [i, [path, json]] of lies.entries()) {
      const lie = i % 5 === 0 ? bookOf(json, half.book) : undefined
      if (lie === undefined || stateHash(lie) === stateHash(half.book)) continue
      told += 1
      expect([path, await metWith(lie)]).toEqual([
        path,
        expect.stringMatching(
          `^the snapshot of main at revision ${since - 1} lied: its state is .* what was decided from revision ${since} on was decided on it$`,
        ),
      ])
    }
    expect(told).toBeGreaterThan(20)
  })

  const bent = (bend: (book: Book) => void): Book => {
    const { book: other } = decideAll(day.slice(0, 40))
    bend(other)
    return other
  }

  it.each<[string, (book: Book) => void]>([
    ['an outcome too many', ({ outcomes }) => outcomes.set('operator never', { contentHash: '', revision: 3 })],
    ['an outcome too few', ({ outcomes }) => outcomes.clear()],
    ['a trade too many', ({ trades }) => trades.set('never')],
    ['a trade too few', ({ trades }) => trades.clear()],
    ...(
      [
        ['contentHash', 'ff'.repeat(16)],
        ['revision', 2],
        ['sentAt', 5],
        ['rejection', 'unknown-asset'],
      ] as const
    ).map(([field, value]): [string, (book: Book) => void] => [
      `an outcome with another ${field}`,
      ({ outcomes }) => {
        const key = `operator ${day[0]?.command.id}`
        const outcome = outcomes.get(key)
        if (outcome === undefined) throw new Error('the first command has an outcome')
        outcomes.set(key, { ...outcome, [field]: value })
      },
    ]),
  ])('is met: %s', async (_, bend) => {
    expect(await metWith(bent(bend))).toBe(
      `the snapshot of main at revision ${since - 1} lied: outcomes or trades in it are not those of its history; ` +
        `what was decided from revision ${since} on was decided on it`,
    )
  })

  it('is met where it stands on another event', async () => {
    const lie = bent((other) => other.set<Book, 'head'>(other, 'head', 'f'.repeat(64)))
    expect(await metWith(lie)).toContain('it stands on event ffff')
  })
})
