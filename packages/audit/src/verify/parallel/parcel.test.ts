import { crash, runLines, storedOf } from '../../test-world'
import { packed, unpacked } from './parcel'

const ledger = storedOf(runLines(crash))

describe('a parcel of events', () => {
  it('holds them as they are stored', () => {
    expect(unpacked(packed(ledger))).toEqual(ledger)
    expect(unpacked(packed(ledger.slice(7, 8)))).toEqual(ledger.slice(7, 8))
    expect(unpacked(packed([]))).toEqual([])
  })

  it.each(['id', 'type', 'hash', 'body'] as const)('is nothing where there is a line in the %s', (field) => {
    const odd = ledger.map((event, i) => (i === 5 ? { ...event, [field]: `${event[field]}\n` } : event))
    expect(unpacked(packed(odd))).toBeUndefined()
  })
})
