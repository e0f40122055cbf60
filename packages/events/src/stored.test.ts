import fc from 'fast-check'
import { anyEvent } from './arbitraries'
import { genesis } from './digest'
import type { LedgerEventOf } from './events'
import { canonicalJson } from './json'
import { decodeEvent, encodeEvent, eventIdOf, linkHash, type Stored, sealEvent } from './stored'

const { event: deposited } = sealEvent<LedgerEventOf<'CollateralDeposited'>>({
  type: 'CollateralDeposited',
  pool: 'main',
  revision: 3,
  at: '2020-03-12T10:00:00.000Z',
  data: { account: 'alice', asset: 'USD', amount: '100' },
  postings: [
    { account: 'trader/alice', asset: 'USD', amount: '100' },
    { account: 'custody', asset: 'USD', amount: '-100' },
  ],
  metadata: {
    commandId: 'c-1',
    correlationId: 'c-1',
    causationId: 'c-1',
    actor: 'venue',
    version: 1,
    decider: 1,
    previousHash: genesis,
  },
})
const stored = encodeEvent(deposited)
const body: Record<string, unknown> = JSON.parse(stored.body)

const outcome = (odd: Stored): unknown => {
  const result = decodeEvent(odd)
  return result._tag === 'Left' ? result.left : result.right
}
const saying = (change: object): unknown => outcome({ ...stored, body: canonicalJson({ ...body, ...change }) })

describe('a sealed event', () => {
  it('reads back from its bytes as the same event', () =>
    fc.assert(
      fc.property(anyEvent, (unsealed) => {
        const { event } = sealEvent(unsealed)
        expect(decodeEvent(encodeEvent(event))).toEqual({ _tag: 'Right', right: event })
      }),
    ))

  it('has the bytes its hash was taken over', () =>
    fc.assert(
      fc.property(anyEvent, (unsealed) => {
        const sealed = sealEvent(unsealed)
        const { body, hash, id } = encodeEvent(sealed.event)
        expect(encodeEvent(sealed.event)).toBe(sealed.stored)
        expect(encodeEvent({ ...sealed.event })).toEqual(sealed.stored)
        expect(body).toBe(canonicalJson(unsealed))
        expect(hash).toBe(linkHash(unsealed.metadata.previousHash, body))
        expect(id).toBe(eventIdOf(hash))
      }),
    ))

  it('is linked by SHA-256 over the hash before it and its body', () =>
    expect(linkHash('a', 'bc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'))

  it('is the same whoever wrote it and in what order', () =>
    fc.assert(
      fc.property(anyEvent, ({ metadata, data, ...rest }) => {
        const turned = (record: object) => Object.fromEntries(Object.entries(record).reverse())
        const other = turned({ ...rest, data: turned(data), metadata: turned(metadata) }) as typeof rest & {
          data: never
          metadata: never
        }
        expect(sealEvent(other).event.id).toBe(sealEvent({ ...rest, data, metadata } as never).event.id)
      }),
    ))

  it('changes its hash, and so its id, with any byte of its body', () =>
    fc.assert(
      fc.property(anyEvent, fc.nat(), fc.integer({ min: 1, max: 255 }), (unsealed, at, flip) => {
        const { body, hash } = encodeEvent(sealEvent(unsealed).event)
        const bytes = Buffer.from(body, 'latin1')
        const place = at % bytes.length
        bytes.writeUInt8(bytes.readUInt8(place) ^ flip, place)
        const changed = linkHash(unsealed.metadata.previousHash, bytes.toString('latin1'))
        expect(changed).not.toBe(hash)
        expect(eventIdOf(changed)).not.toBe(eventIdOf(hash))
      }),
    ))

  it('changes its hash with what went before it', () => {
    const {
      id: _,
      metadata: { hash: __, ...metadata },
      ...rest
    } = deposited
    const { event } = sealEvent({ ...rest, metadata: { ...metadata, previousHash: deposited.metadata.hash } })
    expect(event.metadata.hash).not.toBe(deposited.metadata.hash)
  })

  it('does not carry a former id into its hash', () => expect(stored.body).not.toContain(deposited.id))
})

describe('a stored event', () => {
  it('may know more than this program, at every depth; the rest is passed over', () => {
    const more = {
      ...body,
      extra: 1,
      data: { ...deposited.data, extra: { deep: [] } },
      postings: deposited.postings.map((posting) => ({ ...posting, extra: null })),
      metadata: { ...(body.metadata as object), extra: 'x' },
    }
    expect(saying(more)).toEqual(deposited)
  })

  it('may have learnt more in the terms it repeats', () => {
    const margin = { model: 'tiered', tiers: [{ initial: '0.1', maintenance: '0.05', extra: 1 }], extra: 1 }
    const listed = {
      type: 'InstrumentListed',
      data: { instrument: 'X', kind: 'future', settlementAsset: 'USD', multiplier: '1', lot: '1', margin, extra: 1 },
    }
    expect(outcome({ ...stored, type: 'InstrumentListed', body: canonicalJson({ ...body, ...listed }) })).toMatchObject(
      {
        data: { margin: { tiers: [{ initial: '0.1', maintenance: '0.05' }] } },
      },
    )
  })

  it('of a type this program does not know is named, with what to do', () =>
    expect(outcome({ ...stored, type: 'Teleported', body: canonicalJson({ ...body, type: 'Teleported' }) })).toBe(
      'event 3 (Teleported): an event type this program does not know; a newer version may',
    ))

  it.each(['constructor', '__proto__', 'toString'])('of the type %s is not known either', (type) =>
    expect(outcome({ ...stored, type, body: canonicalJson({ ...body, type }) })).toContain('does not know'),
  )

  it('of a later schema version is refused', () =>
    expect(saying({ metadata: { ...(body.metadata as object), version: 2 } })).toBe(
      'event 3 (CollateralDeposited): schema version 2, but this program knows 1 to 1',
    ))

  it('is what the store says it is', () => {
    expect(outcome({ ...stored, revision: 4 })).toBe(
      'event 4 (CollateralDeposited): the body says it is event 3 (CollateralDeposited)',
    )
    expect(outcome({ ...stored, type: 'CollateralWithdrawn' })).toContain(
      'the body says it is event 3 (CollateralDeposited)',
    )
  })

  it('is JSON', () => {
    for (const text of ['', '{', 'null', '[]', '"x"']) expect(typeof outcome({ ...stored, body: text })).toBe('string')
    expect(outcome({ ...stored, body: stored.body.slice(1) })).toBe(
      'event 3 (CollateralDeposited): the body is not JSON',
    )
    expect(outcome({ ...stored, body: '[]' })).toBe(
      'event 3 (CollateralDeposited): the body: expected an object, found an array',
    )
  })

  it('tells which field is wrong', () => {
    expect(saying({ data: { account: 'alice', asset: 'USD', amount: 100 } })).toBe(
      'event 3 (CollateralDeposited): data.amount: expected a decimal string, found 100',
    )
    expect(saying({ postings: [{ account: 'custody', asset: 'USD', amount: '1e3' }] })).toBe(
      'event 3 (CollateralDeposited): postings.0.amount: expected a decimal string, found "1e3"',
    )
    expect(saying({ metadata: { ...(body.metadata as object), previousHash: 'x' } })).toMatch(
      /metadata\.previousHash: expected a SHA-256/,
    )
  })
})
