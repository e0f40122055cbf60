import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { right } from 'fp-ts/Either'
import { anyEvent } from './arbitraries'
import { isEventType } from './event-data'
import { publicForm } from './public-form'
import { decodePublicText, notJson, published, readPublicText } from './public-text'
import { decodeEvent, type Stored, sealEvent } from './stored'
import { currentVersion } from './upcast'

const golden = join(__dirname, '../golden')
const goldens = readdirSync(golden)
  .filter((file) => /\.v\d+\.json$/.test(file))
  .map((file): Stored => JSON.parse(readFileSync(join(golden, file), 'utf8')))

/** An event of an older version is brought up, and so is parsed. */
const isOfToday = ({ type, body }: Stored): boolean =>
  isEventType(type) && JSON.parse(body).metadata.version === currentVersion(type)

describe('the public text of an event', () => {
  it.each(goldens)('is that of its public form, and gives the stored bytes back: $type', (stored) => {
    expect(published(stored).text).toBe(JSON.stringify(publicForm(stored)))
    expect(published(stored).envelope).toMatchObject({ pool: 'main', metadata: { actor: expect.any(String) } })
    expect(readPublicText(published(stored).text)).toEqual(right(stored))
    expect(decodePublicText(published(stored).text)).toEqual(decodeEvent(stored))
  })

  it.each(goldens.filter(isOfToday))('is made, taken apart and read without parsing the whole: $type', (stored) => {
    const parse = jest.spyOn(JSON, 'parse')
    const { text, envelope } = published(stored)
    const read = readPublicText(text)
    const decoded = decodePublicText(text)
    const { calls } = parse.mock
    parse.mockRestore()
    expect(calls).toEqual([])
    expect([envelope.pool, read._tag, decoded._tag]).toEqual(['main', 'Right', 'Right'])
  })

  it('is so of any event', () =>
    fc.assert(
      fc.property(anyEvent, (unsealed) => {
        const { stored } = sealEvent(unsealed)
        expect(published(stored).text).toBe(JSON.stringify(publicForm(stored)))
        expect(readPublicText(published(stored).text)).toEqual(right(stored))
      }),
    ))

  it('is so of an event of a newer program, which is handed on whole', () => {
    const [first] = goldens
    if (first === undefined) throw new Error('no golden files')
    const newer = { ...first, body: first.body.replace('"metadata":{', '"metadata":{"aa":"b",') }
    expect(published(newer)).toEqual({ text: JSON.stringify(publicForm(newer)), envelope: publicForm(newer) })
    expect(readPublicText(published(newer).text)).toEqual(right(newer))
    expect(decodePublicText(published(newer).text)).toEqual(decodeEvent(newer))
  })

  it('says what is no event, a number or a nesting beyond all bounds among it, and what is not even JSON', () => {
    expect(readPublicText('{"id":')).toEqual({ _tag: 'Left', left: notJson })
    const tooLarge = '{"id":"x","type":"PriceTick","revision":0,"data":{"price":1e400},"metadata":{"hash":"y"}}'
    const tooDeep = tooLarge.replace('1e400', '['.repeat(50_000) + ']'.repeat(50_000))
    for (const text of [tooLarge, tooDeep])
      expect(readPublicText(text)).toMatchObject({ left: expect.stringMatching(/^not an event: /) })
    expect(readPublicText('{}')).toMatchObject({ left: expect.stringMatching(/^not an event: /) })
  })
})
