/** A value that JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** Nothing in it that JSON escapes. */
const plain = /^[ !#-[\]-~]*$/

/** A text as JSON writes it between its quotes. */
export const escaped = (text: string): string => (plain.test(text) ? text : JSON.stringify(text).slice(1, -1))

/** A text as JSON writes it. */
export const quoted = (text: string): string => `"${escaped(text)}"`

/** A text without the byte-order mark that some programs put before it. */
export const unmarked = (text: string): string => (text.startsWith('\uFEFF') ? text.slice(1) : text)

/** An object of no class: a class instance, a Map or a Date would lose its meaning as JSON. */
const isRecord = (value: object): value is Record<string, unknown> => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}

/**
 * The one text of a JSON value, as RFC 8785 has it: keys in the order of their UTF-16 units at every depth, no white
 * space, `undefined` fields left out. Hashes are taken over this text, so it must not depend on who wrote the object
 * or in what order, and what JSON cannot say throws a TypeError rather than being hashed as something else.
 */
export const canonicalJson = (value: unknown): string => {
  if (typeof value === 'string') return quoted(value)
  if (value === null || typeof value === 'boolean' || Number.isFinite(value)) return String(value)
  if (Array.isArray(value)) {
    let items = ''
    for (const item of value) items += `${items === '' ? '' : ','}${canonicalJson(item)}`
    return `[${items}]`
  }
  if (typeof value !== 'object' || !isRecord(value)) throw new TypeError(`JSON cannot say ${String(value)}`)
  let fields = ''
  for (const key of Object.keys(value).sort()) {
    const field = value[key]
    if (field !== undefined) fields += `${fields === '' ? '' : ','}${quoted(key)}:${canonicalJson(field)}`
  }
  return `{${fields}}`
}
