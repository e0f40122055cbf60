import * as fc from 'fast-check'
import { right } from 'fp-ts/Either'
import { type CloudEvent, cloudEventHeaders, cloudEventMismatch, readCloudEvent } from './cloud-events'

const event: CloudEvent = {
  id: '6f1c',
  source: '/novation/ledger/main',
  type: 'PriceTick',
  subject: 'BTC-PERP',
  time: '2024-01-01T00:00:00.000Z',
  sequence: 42,
  partitionKey: 'main',
  correlationId: 'c-1',
  causationId: 'c-2',
}

describe('the headers of an event', () => {
  it('are those of the binary mode of CloudEvents 1.0', () =>
    expect(cloudEventHeaders(event)).toEqual({
      ce_specversion: '1.0',
      ce_id: '6f1c',
      ce_source: '/novation/ledger/main',
      ce_type: 'PriceTick',
      ce_subject: 'BTC-PERP',
      ce_time: '2024-01-01T00:00:00.000Z',
      ce_sequence: '00000000000000000042',
      ce_partitionkey: 'main',
      ce_correlationid: 'c-1',
      ce_causationid: 'c-2',
      'content-type': 'application/json',
    }))

  it('sort as their sequences do, and read back as they were', () =>
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.maxSafeNat(), (one, two) => {
        const [a, b] = [one, two].map((sequence) => cloudEventHeaders({ ...event, sequence }))
        expect(readCloudEvent(a ?? {})).toEqual(right({ ...event, sequence: one }))
        expect(Math.sign(one - two)).toBe(
          Buffer.compare(Buffer.from(a?.ce_sequence ?? ''), Buffer.from(b?.ce_sequence ?? '')),
        )
      }),
    ))

  it.each([
    ['ce_specversion', '0.3', 'ce_specversion is not 1.0'],
    ['ce_id', '', 'ce_id is missing'],
    ['ce_type', '', 'ce_type is missing'],
    ['ce_sequence', '42', 'ce_sequence is not a number of 20 digits'],
    ['ce_sequence', '0000000000000000004x', 'ce_sequence is not a number of 20 digits'],
    ['ce_sequence', '99999999999999999999', 'ce_sequence is not a number of 20 digits'],
  ])('are not read when %s is "%s"', (name, value, reason) =>
    expect(readCloudEvent({ ...cloudEventHeaders(event), [name]: value })).toMatchObject({ left: reason }),
  )

  it('are not read when there are none', () =>
    expect(readCloudEvent({})).toMatchObject({ left: 'ce_specversion is not 1.0' }))

  it('must say what the event says', () => {
    const headers = cloudEventHeaders(event)
    expect(cloudEventMismatch({ ...headers, traceparent: '00-1' }, event)).toBeUndefined()
    expect(cloudEventMismatch(headers, { ...event, sequence: 43 })).toBe(
      'ce_sequence is 00000000000000000042 where the event says 00000000000000000043',
    )
    const { ce_causationid: _, ...without } = headers
    expect(cloudEventMismatch(without, event)).toBe('ce_causationid is missing where the event says c-2')
  })
})
