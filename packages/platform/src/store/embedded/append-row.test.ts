import { written } from '../contract/collect'
import { sampleChain, sampleEvent } from '../contract/sample-events'
import type { StoredEvent } from '../event-store'
import { openSheet, packAppend, unpackAppend } from './append-row'

const unpacked = (events: readonly StoredEvent[], from = 0) =>
  unpackAppend(packAppend('ledger-main', events, 100), from)

describe('an append as it lies in the file', () => {
  const chain = sampleChain(5)

  it('has the texts alone where they say the types, and each the hash before it', () => {
    const [position, stream, first, last, hash, ids, texts, odd] = packAppend('ledger-main', chain.slice(1), 100)
    expect({ position, stream, first, last, hash, odd }).toEqual({
      position: 104,
      stream: 'ledger-main',
      first: 1,
      last: 4,
      hash: chain[4]?.hash,
      odd: null,
    })
    expect(texts.toString()).toBe(
      chain
        .slice(1)
        .map(({ body }) => body)
        .join('\n'),
    )
    expect(ids.toString('hex')).toBe(
      chain
        .slice(1)
        .map(({ id }) => id.replaceAll('-', ''))
        .join(''),
    )
  })

  it('gives the events back, each at its place, from any revision on', () => {
    expect(unpacked(chain).map(written)).toEqual(chain)
    expect(unpacked(chain).map(({ position, stream }) => `${stream} ${position}`)).toEqual(
      [101, 102, 103, 104, 105].map((position) => `ledger-main ${position}`),
    )
    for (let from = 0; from <= 5; from += 1) expect(unpacked(chain, from).map(written)).toEqual(chain.slice(from))
  })

  const [one, two, three] = [chain[0], chain[1], chain[2]].map((event) => event ?? sampleEvent(undefined))
  const odd = (change: Partial<StoredEvent>, at = 1): readonly StoredEvent[] =>
    [one, two, three].flatMap((event, i) => (event === undefined ? [] : [i === at ? { ...event, ...change } : event]))

  it.each<[string, readonly StoredEvent[]]>([
    ['a hash that no text names', odd({ hash: 'e'.repeat(64) })],
    ['a hash that is cut short', odd({ hash: two?.hash.slice(0, 40) ?? '' })],
    ['a hash of another form', odd({ hash: 'no hash' })],
    ['a last hash of another form', odd({ hash: 'ü' }, 2)],
    ['a type that its text does not say', odd({ type: 'Foreseen' })],
    ['a type with a quote in it', odd({ type: '","type":"' })],
    ['a text that ends otherwise', odd({ body: '{"type":"PriceTick" }' })],
    ['an empty text', odd({ body: '' })],
    ['a text without a type, which ends as if it had one', odd({ body: '{"abc":PriceTick"}' })],
    ['a text that says its type and something more', odd({ body: '{"type":"PriceTick","z":1}' })],
    ['a text without a link', odd({ body: `{"a":"${two?.hash}","type":"PriceTick"}` })],
    ['a text that names a link twice', odd({ body: `{"previousHash":"${'a'.repeat(64)}",${two?.body.slice(1)}` })],
    ['characters of several bytes', odd({ body: `{"note":"Zürich 東京 🏦",${two?.body.slice(1)}` })],
  ])('gives back %s as it was', (_, events) => {
    expect(unpacked(events).map(written)).toEqual(events)
    expect(unpacked(events, 1).map(written)).toEqual(events.slice(1))
  })

  it('says nothing of what was on its sheet before, be that longer or shorter', () => {
    const sheet = openSheet()
    for (const size of [2, 5, 1, 3]) {
      const row = packAppend('ledger-main', chain.slice(0, size), 0, sheet)
      expect(unpackAppend(row, 0).map(written)).toEqual(chain.slice(0, size))
    }
  })

  it('refuses a text with a line break, which no canonical text has', () =>
    expect(() => packAppend('ledger-main', odd({ body: '{\n}' }), 0)).toThrow('ledger-main:1 has a line break'))

  it('is damaged where it has more or fewer lines or ids than events', () => {
    const [position, stream, first, last, hash, ids, texts, names] = packAppend('ledger-main', chain, 0)
    const damaged = {
      name: 'Halted',
      reason: 'broken-history',
      message: expect.stringContaining('revision 0 is damaged'),
    }
    const read = (of: Buffer, named: Buffer) => () =>
      unpackAppend([position, stream, first, last, hash, named, of, names], 0)
    expect(read(Buffer.concat([texts, Buffer.from('\n{}')]), ids)).toThrow(expect.objectContaining(damaged))
    expect(read(texts.subarray(0, texts.lastIndexOf(10)), ids)).toThrow(expect.objectContaining(damaged))
    expect(read(texts, ids.subarray(16))).toThrow(expect.objectContaining(damaged))
  })
})
