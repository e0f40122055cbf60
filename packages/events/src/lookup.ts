import * as t from 'io-ts'
import { Id } from './text'

/** So many names at most: what is looked up is told by hand. */
const most = 64

const isLookup = (u: unknown): u is Readonly<Record<string, string>> =>
  typeof u === 'object' &&
  u !== null &&
  !Array.isArray(u) &&
  Object.keys(u).length <= most &&
  Object.entries(u).every(([key, value]) => Id.is(key) && Id.is(value))

/** A name for each of a few names, as an object: `{"USDT": "USDT-USD"}`. Any name may stand in it, `constructor` too. */
export class LookupType extends t.Type<Readonly<Record<string, string>>> {
  readonly _tag = 'LookupType' as const
  constructor(readonly most: number) {
    const meaning = `an object of at most ${most} names, and a name for each`
    super('Lookup', isLookup, (u, context) => (isLookup(u) ? t.success(u) : t.failure(u, context, meaning)), t.identity)
  }
}

export const Lookup = new LookupType(most)
