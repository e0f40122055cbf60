import { isDeepStrictEqual } from 'node:util'

const shown = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length <= 120 ? text : `${text.slice(0, 117)}…`
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The first place where two JSON values part, as `path: the rules give X, the ledger says Y`; nothing where they agree. */
export const difference = (given: unknown, said: unknown, path = ''): string | undefined => {
  if (isDeepStrictEqual(given, said)) return undefined
  if (isObject(given) && isObject(said) && Array.isArray(given) === Array.isArray(said)) {
    const keys = [...new Set([...Object.keys(given), ...Object.keys(said)])]
    for (const key of keys) {
      const found = difference(given[key], said[key], path === '' ? key : `${path}.${key}`)
      if (found !== undefined) return found
    }
  }
  return `${path === '' ? 'the event' : path}: the rules give ${shown(given)}, the ledger says ${shown(said)}`
}
