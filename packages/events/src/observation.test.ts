import { isRight } from 'fp-ts/Either'
import { observationText, signObservation } from './observation'
import { Observation, type UnsignedObservation } from './oracle'
import { openVerifier } from './signature'
import { developmentKey } from './signing'

const seen: UnsignedObservation = {
  source: 'kraken',
  base: 'BTC',
  currency: 'USD',
  at: '2023-03-11T07:00:00Z',
  kind: 'depth',
  levels: [
    { bps: 10, bid: '12.5', ask: '11' },
    { bps: 50, bid: '80.25', ask: '77' },
  ],
}
const text =
  'novation/observation/1\n{"at":"2023-03-11T07:00:00Z","base":"BTC","currency":"USD","kind":"depth","levels":[{"ask":"11","bid":"12.5","bps":10},{"ask":"77","bid":"80.25","bps":50}],"source":"kraken"}'

describe('an observation', () => {
  const key = developmentKey('observations', 'source:kraken')
  const signed = signObservation(seen, key)

  it('is signed as all that it says, and no pool stands in it', () => {
    expect(observationText(seen)).toBe(text)
    expect(observationText(signed)).toBe(text)
    expect(openVerifier()(key.key, text, signed.signature)).toBe(true)
    expect(openVerifier()(key.key, observationText({ ...signed, kind: 'mid' }), signed.signature)).toBe(false)
  })

  it.each([
    ['another kind', { kind: 'rumour' }],
    ['a depth with an exponent', { levels: [{ bps: 10, bid: '1e3', ask: '1' }] }],
    ['a distance of a fraction', { levels: [{ bps: 1.5, bid: '1', ask: '1' }] }],
    ['a level with more in it', { levels: [{ bps: 10, bid: '1', ask: '1', of: 'x' }] }],
    ['no signature', { signature: '' }],
  ])('is not one with %s', (_, change) => expect(isRight(Observation.decode({ ...signed, ...change }))).toBe(false))
})
