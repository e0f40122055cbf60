import { canonicalJson } from './json'
import type { Observation, UnsignedObservation } from './oracle'
import type { SigningKey } from './signing'

/** Of an observation, what is signed: no key, no signature. */
export const observedIn = (seen: UnsignedObservation): UnsignedObservation => {
  const { source, base, currency, at, kind, levels, bid, ask, ms } = seen
  return {
    source,
    base,
    currency,
    at,
    kind,
    ...(levels === undefined ? {} : { levels }),
    ...(bid === undefined ? {} : { bid }),
    ...(ask === undefined ? {} : { ask }),
    ...(ms === undefined ? {} : { ms }),
  }
}

/** What a source signs of what it sees of a market beside the price. As with a quote, no pool stands in it. */
export const observationText = (seen: UnsignedObservation): string =>
  `novation/observation/1\n${canonicalJson(observedIn(seen))}`

export const signObservation = (seen: UnsignedObservation, { key, sign }: SigningKey): Observation => ({
  ...observedIn(seen),
  key,
  signature: sign(observationText(seen)),
})
