import { appendLimit_bytes, type EventStore, eventSize_bytes, openMemoryStore } from '@novation/platform'
import { left } from 'fp-ts/Either'
import { handClock, open, wish } from './kit/world'
import { openLedger } from './writer'

const forever = new AbortController().signal

/** A store that takes no more than so much at once, and remembers how much each append weighed. */
const boundedStore = (limit_bytes: number) => {
  const inner = openMemoryStore()
  const taken: number[] = []
  const store: EventStore = {
    ...inner,
    append: (stream, events, expected) => async () => {
      const size = events.reduce((sum, event) => sum + eventSize_bytes(event), 0)
      if (size > limit_bytes) return left({ tag: 'too-large', reason: `more than ${limit_bytes}`, limit_bytes })
      taken.push(size)
      return inner.append(stream, events, expected)()
    },
  }
  return { store, taken }
}

/** An account whose owner is written in letters of three bytes each. */
const large = (account: string, letters = 15_000) =>
  wish(`open-${account}`, 'OpenAccount', { account, owner: '東'.repeat(letters) })

const names = Array.from({ length: 40 }, (_, i) => `a${i}`)

/** Of events that are larger than any reader would take, the accounts. */
const accountsOf = async (store: EventStore): Promise<readonly string[]> => {
  const accounts: string[] = []
  for await (const { body } of store.read('ledger-main', 0)) accounts.push(JSON.parse(body).data.account)
  return accounts
}

describe('the size of an append', () => {
  it('is counted in bytes, so that letters of three bytes do not make it larger than the store takes', async () => {
    const { store, taken } = boundedStore(appendLimit_bytes)
    const writer = await openLedger('main', store, handClock().scheduler, forever)
    const outcomes = await writer.submit(names.map((name) => large(name)))
    expect(outcomes.map(({ tag }) => tag)).toEqual(names.map(() => 'decided'))
    expect(Math.max(...taken)).toBeLessThanOrEqual(512 * 1024)
    expect(taken.length).toBeLessThan(names.length)
    expect(await accountsOf(store)).toEqual(names)
  })

  it('is halved, down to single commands, where the store takes less than was thought', async () => {
    const { store, taken } = boundedStore(150_000)
    const writer = await openLedger('main', store, handClock().scheduler, forever)
    const outcomes = await writer.submit(names.map((name) => large(name)))
    expect(outcomes.map(({ tag }) => tag)).toEqual(names.map(() => 'decided'))
    expect(taken.length).toBeGreaterThan(names.length / 2)
    expect(await accountsOf(store)).toEqual(names)
  })

  it('of one command that the store can never take is refused at the door, and its neighbours go through', async () => {
    const { store } = boundedStore(60_000)
    const writer = await openLedger('main', store, handClock().scheduler, forever)
    const commands = [open('alice'), large('bob'), open('carol'), large('dave'), open('erin')]
    const outcomes = await writer.submit(commands)
    expect(outcomes.map(({ tag }) => tag)).toEqual(['decided', 'refused', 'decided', 'refused', 'decided'])
    expect(outcomes[1]).toMatchObject({
      code: 'malformed',
      reason: expect.stringContaining('send less in one command'),
    })
    expect(await accountsOf(store)).toEqual(['alice', 'carol', 'erin'])
    expect((await writer.submit([large('bob', 100)]))[0]?.tag).toBe('decided')
  })

  it('that nobody has to learn from the store is refused before the store is asked', async () => {
    const { store, taken } = boundedStore(appendLimit_bytes)
    const writer = await openLedger('main', store, handClock().scheduler, forever)
    const [outcome] = await writer.submit([large('alice', 400_000)])
    expect(outcome).toMatchObject({ tag: 'refused', code: 'malformed' })
    expect(taken).toEqual([])
  })
})
