import fc from 'fast-check'
import { Message } from 'google-protobuf'
import { decodeAtOnce } from './base64'

describe('the bytes of a message', () => {
  const before = Message.bytesAsU8
  decodeAtOnce()
  const after = Message.bytesAsU8 as (value: unknown) => Uint8Array

  it('are those that the client makes of their base64 by itself', () =>
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = Buffer.from(bytes).toString('base64')
        expect(after(text)).toEqual(bytes)
        expect(before(text)).toEqual(bytes)
      }),
    ))

  it('are handed on where they are bytes already, or none', () => {
    const bytes = Uint8Array.of(1, 2, 3)
    expect(after(bytes)).toBe(bytes)
    expect(after(null)).toBe(null)
  })

  it('are a view of their own type, which nothing copies once more', () =>
    expect(after('AQID').constructor).toBe(Uint8Array))
})
