import fc from 'fast-check'
import { anyEvent } from './arbitraries'
import { canonicalJson } from './json'
import { publicForm, readPublicForm } from './public-form'
import { encodeEvent, linkHash, sealEvent } from './stored'

describe('the public form of an event', () => {
  it('is the event that was sealed', () =>
    fc.assert(
      fc.property(anyEvent, (unsealed) => {
        const { event } = sealEvent(unsealed)
        expect(publicForm(encodeEvent(event))).toEqual(event)
      }),
    ))

  it('gives the stored bytes back after a journey as text, even of fields this program does not know', () =>
    fc.assert(
      fc.property(anyEvent, fc.jsonValue(), (unsealed, extra) => {
        const newer = JSON.parse(canonicalJson({ ...unsealed, extra, data: { ...unsealed.data, extra } }))
        const stored = encodeEvent(sealEvent(newer).event)
        const read = readPublicForm(JSON.parse(JSON.stringify(publicForm(stored))))
        expect(read).toEqual({ _tag: 'Right', right: stored })
        expect(linkHash(unsealed.metadata.previousHash, stored.body)).toBe(stored.hash)
      }),
    ))

  it.each([null, [], 'x', {}, { metadata: [] }, { metadata: {}, id: 'x', type: 'PriceTick', revision: 0 }])(
    'is not %j',
    (json) => expect(readPublicForm(json)).toMatchObject({ left: expect.stringMatching(/^not an event: /) }),
  )
})
