import { beliefIn, countingOf, type Index } from './indices'

const full = { source: 'a', weight: 1, counts: 'full', quotedAt: '2020-03-12T10:00:00Z' } as const
const index = (more: object): Index =>
  ({
    index: 'BTC-USD',
    price: '5000',
    stale: false,
    quorum: 2,
    sources: [full, { ...full, source: 'b' }],
    ...more,
  }) as unknown as Index

describe('whether an index is believed', () => {
  it('is said of its price first: held and why, none, too old', () => {
    expect(beliefIn(index({ held: { price: '9000.5', since: '', why: 'deviation' } }))).toEqual({
      tone: 'watched',
      sentence: 'BTC-USD: a price of 9,000.5 is held, for it is too far from the last one, until another confirms it.',
    })
    expect(beliefIn(index({ held: { price: '1', since: '', why: 'band' } })).sentence).toContain('outside its band')
    expect(beliefIn(index({ price: undefined })).sentence).toBe('BTC-USD has no price yet.')
    expect(beliefIn(index({ stale: true })).sentence).toBe('The price of BTC-USD is too old to deal by.')
  })

  it('is said of its sources then', () => {
    expect(beliefIn(index({}))).toEqual({
      tone: 'well',
      sentence: 'BTC-USD is made by 2 sources, of which 2 are needed; all count in full.',
    })
    expect(beliefIn(index({ sources: [full, { ...full, counts: 'half' }] }))).toEqual({
      tone: 'watched',
      sentence: 'BTC-USD is made by 2 sources, of which 2 are needed; 1 counts for less.',
    })
  })

  it('has a shape and a word for how each source counts', () => {
    const told = (more: object) => countingOf({ ...full, ...more } as typeof full).slice(0, 2)
    expect([told({}), told({ counts: 'half' }), told({ counts: 'suspended' }), told({ quotedAt: undefined })]).toEqual([
      ['○', 'well'],
      ['◐', 'watched'],
      ['✕', 'short'],
      ['·', 'dim'],
    ])
  })
})
