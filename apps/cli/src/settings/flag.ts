import type * as t from 'io-ts'

/** One setting of a command: `--name=value`, or `NOVATION_NAME` in the environment. */
export interface Flag<A> {
  /** Reads the text that was given; the codec's name is what was expected. */
  readonly codec: t.Decoder<unknown, A>
  /** Stands for the value in the help, such as `DIR`; a flag without is a switch. */
  readonly placeholder?: string
  readonly help: string
  readonly required: boolean
  /** As text, so that the help shows it and the codec reads it like any other. */
  readonly fallback?: string
}

export type Flags = { readonly [name: string]: Flag<unknown> }

export type Settings<F extends Flags> = { readonly [K in keyof F]: F[K] extends Flag<infer A> ? A : never }

/** Without it the command does not start. */
export const required = <A>(placeholder: string, codec: t.Decoder<unknown, A>, help: string): Flag<A> => ({
  codec,
  placeholder,
  help,
  required: true,
})

export const optional = <A>(placeholder: string, codec: t.Decoder<unknown, A>, help: string): Flag<A | undefined> => ({
  codec,
  placeholder,
  help,
  required: false,
})

export const defaulted = <A>(
  placeholder: string,
  codec: t.Decoder<unknown, A>,
  fallback: string,
  help: string,
): Flag<A> => ({ codec, placeholder, help, required: false, fallback })
