import { deliveryOf } from './delivery'

const record = { key: Buffer.from('k'), value: Buffer.from('v'), timestamp: '5', offset: '7', attributes: 0 }

describe('a record of Kafka as a delivery', () => {
  it('has its own place, time and bytes', () =>
    expect(deliveryOf('t', 2, { ...record, headers: { a: Buffer.from('ü') } })).toEqual({
      topic: 't',
      partition: 2,
      offset: '7',
      timestamp_ms: 5,
      key: 'k',
      value: Buffer.from('v'),
      headers: { a: 'ü' },
    }))

  it('has an empty key, value and headers where a foreign client wrote none', () =>
    expect(deliveryOf('t', 0, { ...record, key: null, value: null, headers: {} })).toMatchObject({
      key: '',
      value: Buffer.alloc(0),
      headers: {},
    }))

  it('has the last of several headers of one name, and an empty one where there is no value', () =>
    expect(
      deliveryOf('t', 0, { ...record, headers: { a: [Buffer.from('1'), Buffer.from('2')], b: undefined } }).headers,
    ).toEqual({ a: '2', b: '' }))
})
