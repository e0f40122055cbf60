import { type Book, openSnapshot, takeSnapshot } from '@novation/clearing'
import { sha256 } from '@novation/events'
import { left } from 'fp-ts/Either'
import { cutAfter } from '../disk/contract/cut-after'
import { everyChoice } from '../disk/contract/every-choice'
import type { Disk } from '../disk/disk'
import { type DiskStep, type MemoryDisk, openMemoryDisk } from '../disk/memory-disk'
import { openMemoryStore } from '../store/embedded/embedded-store'
import { systemScheduler } from '../time/scheduler'
import { type Followed, fileCheckpoints } from './checkpoints'
import { askedBy, react, startCrew } from './crew'
import { greeter, history, memoryBus, record } from './kit/feed'
import { solo, soloCrew, soloFiles } from './kit/solo'
import { runReactors } from './live-reactors'
import type { Reactor } from './reactor'

const kept: Reactor<Book> = { ...greeter, snapshot: { write: takeSnapshot, read: openSnapshot } }
const file = '/data/operator-main.json'

/** Where the reactor stands after so many events. */
const after = (count: number): Followed<Book> => {
  const events = history(count)
  const crew = soloCrew(kept)
  for (const event of events) react(kept, crew, event)
  return { crew, revision: count - 1, hash: events.at(-1)?.metadata.hash ?? '' }
}
const [old, young] = [after(2), after(5)]

const checkpointsOn = (disk: Disk, passedOver: string[] = []) =>
  soloFiles('/data', kept, 1, (why) => passedOver.push(why), disk)

/** What a next life finds: the revision of a place that is whole, or that there is none. */
const found = async (room: MemoryDisk, passedOver: string[] = []): Promise<number | 'none'> => {
  const place = await checkpointsOn(room.mount(), passedOver).load('main')
  if (place === undefined) return 'none'
  const written = [old, young].find(({ revision }) => revision === place.revision)
  expect(takeSnapshot(place.crew.state)).toEqual(written && takeSnapshot(written.crew.state))
  expect(askedBy(place.crew)).toEqual(written && askedBy(written.crew))
  const { groupEnd, mayChangeAnswers } = place.crew
  expect(written?.crew).toMatchObject({ groupEnd, mayChangeAnswers })
  expect(place.hash).toBe(written?.hash)
  return place.revision
}

const turns = async (count: number): Promise<void> => {
  for (let turn = 0; turn < count; turn += 1) await Promise.resolve()
}

/** Everything a next life can find after the power was cut anywhere in the writing of a place. */
const afterAnyCut = async (begin: () => Promise<MemoryDisk>): Promise<ReadonlySet<number | 'none'>> => {
  const steps: DiskStep[] = []
  await checkpointsOn((await begin()).mount({ did: (step) => void steps.push(step) })).flush('main', young)
  const places = new Set<number | 'none'>()
  await everyChoice(async (choose) => {
    const room = await begin()
    void checkpointsOn(room.mount(cutAfter(choose(steps.length + 1)))).flush('main', young)
    await turns(8 * steps.length)
    const passedOver: string[] = []
    places.add(await found(room.afterPowerCut(choose), passedOver))
    expect(passedOver).toEqual([])
  })
  return places
}

describe('a checkpoint', () => {
  it('is after any power cut the old one or the new one, whole', async () => {
    const withOld = async () => {
      const room = openMemoryDisk()
      await checkpointsOn(room.mount()).flush('main', old)
      return room
    }
    expect(await afterAnyCut(withOld)).toEqual(new Set([old.revision, young.revision]))
  })

  it('is, where it was the first, after any power cut whole or none', async () => {
    expect(await afterAnyCut(async () => openMemoryDisk())).toEqual(new Set(['none', young.revision]))
  })

  it('lasts once it is acknowledged', async () => {
    const room = openMemoryDisk()
    await checkpointsOn(room.mount()).flush('main', young)
    await everyChoice(async (choose) => {
      expect(await found(room.afterPowerCut(choose))).toBe(young.revision)
    })
  })

  it('is passed over where a byte of it is another, or its end or its beginning is gone', async () => {
    const room = openMemoryDisk()
    await checkpointsOn(room.mount()).flush('main', young)
    const text = (await room.mount().read(file)) ?? ''
    const loaded = (altered: string) =>
      checkpointsOn({ ...room.mount(), read: async () => altered }, passedOver).load('main')
    const passedOver: string[] = []
    for (let at = 0; at < text.length; at += 7) {
      const other = text[at] === '0' ? '1' : '0'
      expect(await loaded(text.slice(0, at) + other + text.slice(at + 1))).toBeUndefined()
      expect(await loaded(text.slice(0, at))).toBeUndefined()
      expect(await loaded(text.slice(at + 1))).toBeUndefined()
    }
    expect(passedOver).toHaveLength(3 * Math.ceil(text.length / 7))
    expect(await loaded(text)).toMatchObject({ revision: young.revision })
  })

  it('is not kept within the events of one command, and the next is counted from the one that was found', async () => {
    const room = openMemoryDisk()
    const every = (count: number) => soloFiles('/data', kept, count, undefined, room.mount())
    await every(1).save('main', { ...young, crew: { ...young.crew, groupEnd: young.revision + 1 } })
    expect(await found(room)).toBe('none')
    await every(1).save('main', old)
    const places = every(1_000)
    expect((await places.load('main'))?.revision).toBe(old.revision)
    const at = (revision: number) =>
      places.save('main', { ...young, revision, crew: { ...young.crew, groupEnd: revision } })
    await at(old.revision + 999)
    expect((await every(1).load('main'))?.revision).toBe(old.revision)
    await at(old.revision + 1_000)
    expect((await every(1).load('main'))?.revision).toBe(old.revision + 1_000)
  })

  it('is in a file that any system can name, and is passed over where its state is not to be used', async () => {
    const room = openMemoryDisk()
    const passedOver: string[] = []
    const unusable = { write: takeSnapshot, read: () => left('another reducer wrote it') }
    const reactor: Reactor<Book> = { ...kept, name: 'keeper:kate', snapshot: unusable }
    const places = soloFiles('/data', reactor, 1, (why) => passedOver.push(why), room.mount())
    await places.flush('main', { ...young, crew: { ...soloCrew(reactor), state: young.crew.state } })
    expect(await room.mount().read('/data/keeper-kate-main.json')).toContain('"digest"')
    expect(await places.load('main')).toBeUndefined()
    expect(passedOver).toEqual(['another reducer wrote it'])
  })

  it('of the time when each reactor had a state of its own is read: the state, the place, and what was asked', async () => {
    const { crew, ...place } = young
    const { groupEnd, mayChangeAnswers, state } = crew
    const sent = askedBy(crew).operator ?? []
    const rest = JSON.stringify({ ...place, groupEnd, mayChangeAnswers, sent, state: takeSnapshot(state) }).slice(1)
    const disk = { ...openMemoryDisk().mount(), read: async () => `{"digest":"${sha256(rest)}",${rest}` }
    const loaded = await checkpointsOn(disk).load('main')
    expect(loaded).toMatchObject({ ...place, crew: { groupEnd, mayChangeAnswers } })
    expect(loaded && askedBy(loaded.crew)).toEqual(askedBy(crew))
    expect(sent.length).toBeGreaterThan(0)
    expect(loaded && takeSnapshot(loaded.crew.state)).toEqual(takeSnapshot(state))
  })

  it('that other reactors kept is passed over, with who they were: what these had asked is not known', async () => {
    const room = openMemoryDisk()
    const passedOver: string[] = []
    const filesOf = (...reactors: readonly Reactor<Book>[]) =>
      fileCheckpoints({
        ...{ directory: '/data', name: 'reactors', fold: kept, reactors, every: 1 },
        ...{ passedOver: (why: string) => passedOver.push(why), disk: room.mount() },
      })
    const [margin, liquidator] = [
      { ...kept, name: 'margin' },
      { ...kept, name: 'liquidator' },
    ] as const
    const crew = startCrew(kept, [margin, liquidator], 'main')
    await filesOf(margin, liquidator).flush('main', { ...young, crew })
    expect(await filesOf(margin).load('main')).toBeUndefined()
    expect(await filesOf(margin, kept).load('main')).toBeUndefined()
    expect(passedOver).toEqual([
      'it was kept by margin, liquidator, and not by margin',
      'it was kept by margin, liquidator, and not by margin, operator',
    ])
    expect(await filesOf(liquidator, margin).load('main')).toMatchObject({ revision: young.revision })
  })

  it('of a version that sealed none is passed over', async () => {
    const room = openMemoryDisk()
    const passedOver: string[] = []
    const disk = { ...room.mount(), read: async () => '{"revision":1,"hash":"","sent":[],"state":{}}' }
    expect(await checkpointsOn(disk, passedOver).load('main')).toBeUndefined()
    expect(passedOver).toEqual(['another version wrote it, or its beginning is gone'])
  })

  it('ends the service where it cannot be read, as where it cannot be written', async () => {
    const disk = openMemoryDisk().mount({ fault: () => 'EIO' })
    await expect(checkpointsOn(disk).load('main')).rejects.toMatchObject({
      name: 'Halted',
      reason: 'disk-failed',
      message: `${file} cannot be read: EIO: read '${file}'`,
    })
  })

  it.each<DiskStep['verb']>(['create', 'write', 'sync', 'rename', 'syncFolder'])(
    'ends the service where its %s fails: the next life folds, and none of it counts as kept',
    async (verb) => {
      const room = openMemoryDisk()
      const store = openMemoryStore()
      await record(store, history(3))
      const disk = room.mount({ fault: (step) => (step.verb === verb ? 'EIO' : undefined) })
      const stop = new AbortController()
      const running = runReactors(
        {
          ...solo(kept),
          pools: ['main'],
          group: 'greeter',
          store,
          bus: memoryBus(),
          scheduler: systemScheduler,
          checkpoints: checkpointsOn(disk),
          report: { ready: () => stop.abort() },
        },
        stop.signal,
      )
      await expect(running).rejects.toMatchObject({
        name: 'Halted',
        reason: 'disk-failed',
        message: expect.stringContaining(`${file} cannot be written to last: EIO: ${verb}`),
      })
    },
  )
})
