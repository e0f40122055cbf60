import type * as t from 'io-ts'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

/** Holds a codec to a type: a field that one has and the other has not is an error of the compiler. */
export const exactly =
  <A>() =>
  <C extends t.Mixed>(codec: Same<t.TypeOf<C>, A> extends true ? C : never): t.Type<A, unknown, unknown> =>
    codec
