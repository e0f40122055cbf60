import * as t from 'io-ts'

const shown = 60

const stood = (value: unknown): string => {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string')
    return value.length <= shown
      ? JSON.stringify(value)
      : `${JSON.stringify(value.slice(0, shown))}… (${value.length} characters)`
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' && value !== null ? 'an object' : String(value)
}

const step = (key: string): string => (/^\w{1,40}$/.test(key) ? key : JSON.stringify(key.slice(0, shown)))

const expectation = (codec: t.Decoder<unknown, unknown> | undefined): string =>
  codec instanceof t.ReadonlyArrayType ? 'an array' : (codec?.name ?? 'something else')

const explainError = ({ context, value, message }: t.ValidationError, whole: string): string => {
  const path = context.map(({ key }) => key).filter((key, depth) => depth > 0 || key !== '')
  const last = context[context.length - 1]?.type
  const field = path.length === 0 ? whole : path.map(step).join('.')
  return last === t.never
    ? `${field}: unknown field`
    : `${field}: expected ${message ?? expectation(last)}, found ${stood(value)}`
}

/** The first five mistakes, each as `field: expected what, found what`; `whole` is the name of the value itself. */
export const explainErrors = (errors: t.Errors, whole: string): string =>
  errors
    .slice(0, 5)
    .map((error) => explainError(error, whole))
    .concat(errors.length > 5 ? [`and ${errors.length - 5} more`] : [])
    .join('; ')

/** A codec's verdict on one field of a value, so that a mistake is told by its whole path. */
export const decodeField = <A>(codec: t.Type<A, unknown>, key: string, value: unknown): t.Validation<A> =>
  codec.validate(value, [{ key, type: codec, actual: value }])
