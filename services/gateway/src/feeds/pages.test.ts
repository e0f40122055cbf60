import { type EventType, encodeEvent } from '@novation/events'
import { type EventStore, openMemoryStore } from '@novation/platform'
import { alone } from '@novation/platform/kit'
import { isNonEmpty } from 'fp-ts/Array'
import { market } from '../kit/house'
import { openPages } from './pages'
import { lines } from './wire'

const stored = alone({ name: 'margin', initial: () => 0, evolve: () => 0, due: () => [] })(...market).map(encodeEvent)

const storeOf = async (): Promise<EventStore> => {
  const store = openMemoryStore()
  if (isNonEmpty(stored)) await store.append('ledger-main', stored, -1)()
  return store
}

const wish = (types: readonly EventType[]) => ({
  channels: ['events' as const],
  filter: { types, accounts: [] },
  own: undefined,
})

describe('a page of history', () => {
  it('that could not be read is read again by who asks next', async () => {
    const store = await storeOf()
    let isAway = true
    const failing: EventStore = {
      ...store,
      read: (stream, from) => {
        if (isAway) throw new Error('the store is away')
        return store.read(stream, from)
      },
    }
    const pages = openPages(failing)
    await expect(pages('main', 0, 3)).rejects.toThrow('the store is away')
    isAway = false
    expect((await pages('main', 0, 3))?.last.revision).toBe(3)
  })

  it('tells each wish its own, and each event which was told before it', async () => {
    const page = await openPages(await storeOf())('main', 0, stored.length - 1)
    const told = (types: readonly EventType[], previous?: number) => {
      const { bytes } = page?.told(lines, wish(types), previous) ?? {}
      return [
        ...Buffer.from(bytes ?? '')
          .toString()
          .matchAll(/"kind":"event","revision":(\d+),(?:"previous":(\d+),)?/g),
      ].map(([, revision, before]) => [Number(revision), before === undefined ? undefined : Number(before)])
    }
    const of = (type: string) => stored.filter((event) => event.type === type).map(({ revision }) => revision)
    const inTurn = (revisions: readonly number[], previous?: number) =>
      revisions.map((revision, i) => [revision, i === 0 ? previous : revisions[i - 1]])
    expect(told(['AccountOpened'])).toEqual(inTurn(of('AccountOpened')))
    expect(told(['CollateralDeposited'])).toEqual(inTurn(of('CollateralDeposited')))
    expect(told(['AccountOpened'], 0)).toEqual(inTurn(of('AccountOpened'), 0))
  })
})
