import * as t from 'io-ts'
import { FieldsType } from '../fields'
import { type Field, fieldsOf, newCode, newVerdict, type Shape, type Verdict } from './code'
import { grouped, leafPart, type Part, type Reading } from './leaves'

const newReading = (refuse: Verdict['refuse'], isKept: boolean): Reading => {
  let groups = 0
  const group = (): number => {
    groups += 1
    return groups
  }
  return { ...newCode(refuse), group, isKept }
}

/** Items are read one after the other, so that a long list costs no more than as many short ones. */
const listReader = ({ refuse, isKept }: Reading, item: t.Mixed): ((piece: string) => unknown) => {
  const code = newReading(refuse, isKept)
  const { pattern, value } = partOf(code, item)
  const next = new RegExp(`[[,]${pattern}`, 'y')
  const read = code.made<(m: RegExpExecArray) => unknown>('m', value)
  return (piece) => {
    const items: unknown[] = []
    let at = 0
    while (at < piece.length - 1 && piece !== '[]') {
      next.lastIndex = at
      const match = next.exec(piece)
      if (match === null || piece.charAt(at) !== (at === 0 ? '[' : ',')) return refuse()
      items.push(read(match))
      at = next.lastIndex
    }
    return items
  }
}

type Written = Part & Field

const objectOf = (fields: readonly Written[]): string =>
  `{ ${fields.map(({ key, value }) => `${JSON.stringify(key)}: ${value}`).join(', ')} }`

/** The object with what is there: one way of writing it for each choice of fields, which the machine is quickest with. */
const chosen = (fields: readonly Written[]): string => {
  const open = fields.find(({ isRequired }) => !isRequired)
  if (open === undefined) return objectOf(fields)
  const having = fields.map((field) => (field === open ? { ...field, isRequired: true } : field))
  return `(m[${open.group}] !== undefined ? ${chosen(having)} : ${chosen(fields.filter((field) => field !== open))})`
}

const withoutAbsent = (all: Readonly<Record<string, unknown>>): object => {
  const there: Record<string, unknown> = {}
  for (const key in all) if (all[key] !== undefined) there[key] = all[key]
  return there
}

/** The same for more choices than are worth that. */
const dropped = (code: Reading, fields: readonly Written[]): string => {
  const orAbsent = ({ group, value, isRequired }: Written): string =>
    isRequired ? value : `m[${group}] === undefined ? undefined : ${value}`
  return `${code.given(withoutAbsent)}(${objectOf(fields.map((field) => ({ ...field, value: orAbsent(field) })))})`
}

/** The sign before a field that may be the first: none behind the brace, a comma behind anything else. */
const perhapsFirst = '(?:(?<=\\{)|(?<!\\{),)'

/** An object, whose reader is a function of its own; `fields` are its parts. */
const fieldsPart = (code: Reading, codec: Shape, unkept: readonly string[] = []) => {
  let pattern = '\\{'
  let before = ''
  const group = code.group()
  const fields = fieldsOf(codec).map((field): Written => {
    const part = partOf(unkept.includes(field.key) ? { ...code, isKept: false } : code, field.codec)
    const written = `${before}"${field.key}":${part.pattern}`
    pattern += field.isRequired ? written : `(?:${written})?`
    before = field.isRequired || before === ',' ? ',' : perhapsFirst
    return { ...part, ...field }
  })
  const choices = fields.filter(({ isRequired }) => !isRequired).length
  const read = code.made('m', choices > 4 ? dropped(code, fields) : chosen(fields))
  return { pattern: `(${pattern}\\})`, group, value: `${code.given(read)}(m)`, fields }
}

const hasList = (codec: t.Mixed): boolean =>
  codec instanceof t.ReadonlyArrayType ||
  (codec instanceof FieldsType && fieldsOf(codec).some((field) => hasList(field.codec)))

/** A list ends with the first bracket after it began, unless there are lists within; lists within those are read otherwise. */
const list = '\\[[^\\]]*\\]'
const listOfLists = `\\[[^[\\]]*(?:${list}[^[\\]]*)*\\]`

const partOf = (code: Reading, codec: t.Mixed): Part => {
  const leaf = leafPart(code, codec)
  if (leaf !== undefined) return leaf
  if (codec instanceof FieldsType) return fieldsPart(code, codec)
  if (!(codec instanceof t.ReadonlyArrayType)) throw new RangeError(`no scanner for ${codec.name}`)
  const read = code.given(listReader(code, codec.type))
  return grouped(code, hasList(codec.type) ? listOfLists : list, (piece) => `${read}(${piece})`)
}

export interface Scanner<A> {
  readonly scan: (text: string) => A | undefined
  /** The value, and the text of each of its fields that is there. */
  readonly dissect: (text: string) => { readonly value: A; readonly textOf: (key: string) => string } | undefined
}

/** Longer texts than the ledger writes are read otherwise: matching keeps a trail as long as what it has matched. */
const longest = 2 ** 18

/**
 * The scanner of a codec, made once: it reads a text that is, byte for byte, the canonical JSON of a value the codec
 * takes, and gives the value that JSON.parse and the codec give. Undefined for any other text: then they answer. The
 * names in the fields `unkept` are kept by nobody who reads on.
 */
export const scannerOf = <A>(codec: Shape, unkept: readonly string[] = []): Scanner<A> => {
  const verdict = newVerdict()
  const code = newReading(verdict.refuse, true)
  const { pattern, value, fields } = fieldsPart(code, codec, unkept)
  const whole = new RegExp(`^${pattern}$`)
  const read = code.made<(m: RegExpExecArray) => A>('m', value)
  const groups = new Map(fields.map(({ key, group }) => [key, group]))
  const matched = (text: string): RegExpExecArray | null => (text.length > longest ? null : whole.exec(text))
  const valueIn = (match: RegExpExecArray): A | undefined => {
    verdict.isRefused = false
    const found = read(match)
    return verdict.isRefused ? undefined : found
  }
  return {
    scan: (text) => {
      const match = matched(text)
      return match === null ? undefined : valueIn(match)
    },
    dissect: (text) => {
      const match = matched(text)
      const found = match === null ? undefined : valueIn(match)
      return found === undefined ? undefined : { value: found, textOf: (key) => match?.[groups.get(key) ?? -1] ?? '' }
    },
  }
}
