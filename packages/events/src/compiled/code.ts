import type * as t from 'io-ts'

/** Says of a part that it is not as it must be; the whole then is not answered here. */
export interface Verdict {
  isRefused: boolean
  readonly refuse: () => undefined
}

export const newVerdict = (): Verdict => {
  const verdict: Verdict = {
    isRefused: false,
    refuse: () => {
      verdict.isRefused = true
      return undefined
    },
  }
  return verdict
}

/** A function being made: what it is given to work with beside its arguments. */
export interface Code {
  readonly refuse: Verdict['refuse']
  /** The name under which the code meets a value of this program. */
  readonly given: (value: unknown) => string
  /** The function of these parameters whose answer is `expression`. */
  readonly made: <F>(parameters: string, expression: string) => F
}

/**
 * A few functions are made from text, so that each field is a line of its own and the machine compiles the whole of
 * them. The text is made of the codecs of this package, and of nothing that comes from outside.
 */
export const newCode = (refuse: Verdict['refuse']): Code => {
  const values: unknown[] = []
  return {
    refuse,
    given: (value) => `g${values.push(value) - 1}`,
    made: (parameters, expression) =>
      new Function(...values.map((_, i) => `g${i}`), `'use strict'; return (${parameters}) => (${expression})`)(
        ...values,
      ),
  }
}

export interface Field {
  readonly key: string
  readonly codec: t.Mixed
  readonly isRequired: boolean
}

/** The fields of an object, as its codec names them. */
export interface Shape {
  readonly required: t.Props
  readonly optional: t.Props
}

/** The same in the order of canonical JSON. */
export const fieldsOf = ({ required, optional }: Shape): readonly Field[] =>
  Object.entries<t.Mixed>({ ...required, ...optional })
    .map(([key, codec]) => ({ key, codec, isRequired: key in required }))
    .sort((one, other) => (one.key < other.key ? -1 : 1))

/**
 * What is made of codecs that are found by a name, each made when it is first asked for. What no program knows is `none`,
 * and is not kept, for there is no end of it.
 */
export const madeOnce = <A>(
  codecOf: (name: string) => Shape | undefined,
  make: (codec: Shape, name: string) => A,
  none: A,
): ((name: string) => A) => {
  const made = new Map<string, A>()
  return (name) => {
    const known = made.get(name)
    if (known !== undefined) return known
    const codec = codecOf(name)
    if (codec === undefined) return none
    const now = make(codec, name)
    made.set(name, now)
    return now
  }
}
