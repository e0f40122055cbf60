import * as t from 'io-ts'
import { canonicalJson } from '../json'
import { LookupType } from '../lookup'
import { TextType, WholeType } from '../text'
import type { Code } from './code'
import { askedText, isName, isPlain, keptName } from './texts'

/** A pattern being made, and the function that reads a match of it, `m`. */
export interface Reading extends Code {
  /** The number of one more group of the pattern. */
  readonly group: () => number
  /** Whether somebody keeps the names that are read here. */
  readonly isKept: boolean
}

/** How a value is written in the canonical form, the group that all of it is, and the value as an expression of `m`. */
export interface Part {
  readonly pattern: string
  readonly group?: number
  readonly value: string
}

export const grouped = (code: Reading, inside: string, value: (piece: string) => string): Part => {
  const group = code.group()
  return { pattern: `(${inside})`, group, value: value(`m[${group}]`) }
}

const inQuotes = ({ pattern, ...part }: Part): Part => ({ ...part, pattern: `"${pattern}"` })

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')

/** The same pattern without groups of its own. */
const groupless = (pattern: string): string => pattern.replace(/(?<!\\)\((?!\?)/g, '(?:')

/** What stands between quotes where nothing is escaped: the codec is asked what it thinks of it. */
const unescaped = '[^"\\\\\\u0000-\\u001f]*'

const textPart = (code: Reading, codec: TextType): Part => {
  const asked = (piece: string): string => `${code.given(askedText(codec, code.refuse))}(${piece})`
  if (!isPlain(codec)) return inQuotes(grouped(code, unescaped, asked))
  const kept = (piece: string): string => (code.isKept && isName(codec) ? `${code.given(keptName)}(${piece})` : piece)
  return inQuotes(grouped(code, groupless(codec.pattern.source.slice(1, -1)), kept))
}

/** Up to 15 digits, which are always exact: a longer number is read otherwise. */
const wholePart = (code: Reading, { least, most }: WholeType): Part => {
  const within = (n: number): number | undefined => (n >= least && n <= most ? n : code.refuse())
  const isAny = least === 0 && most >= 1e15
  return grouped(code, '0|[1-9][0-9]{0,14}', (piece) => (isAny ? `+${piece}` : `${code.given(within)}(+${piece})`))
}

/** Of a few words the one of this program: a piece of the text would keep all of it alive. */
const wordPart = (code: Reading, words: readonly string[]): Part => {
  const own = code.given(Object.fromEntries(words.map((word) => [word, word])))
  return inQuotes(grouped(code, words.map(literally).join('|'), (piece) => `${own}[${piece}]`))
}

/** Names have nothing in them that JSON escapes; what is not their one text is refused. */
const lookupPart = (code: Reading, codec: LookupType): Part => {
  const read = (piece: string): unknown => {
    const value = Object.fromEntries([...piece.matchAll(/"([^"]+)":"([^"]+)"/g)].map(([, key, name]) => [key, name]))
    return codec.is(value) && canonicalJson(value) === piece ? value : code.refuse()
  }
  const name = '"[A-Za-z0-9._:-]+"'
  const pair = `${name}:${name}`
  return grouped(code, `\\{(?:${pair}(?:,${pair})*)?\\}`, (piece) => `${code.given(read)}(${piece})`)
}

/** A value that has no parts; nothing for any other. */
export const leafPart = (code: Reading, codec: t.Mixed): Part | undefined => {
  if (codec instanceof TextType) return textPart(code, codec)
  if (codec instanceof WholeType) return wholePart(code, codec)
  if (codec instanceof LookupType) return lookupPart(code, codec)
  if (codec instanceof t.BooleanType) return grouped(code, 'true|false', (piece) => `${piece} === 'true'`)
  if (codec instanceof t.KeyofType) return wordPart(code, Object.keys(codec.keys))
  if (!(codec instanceof t.LiteralType)) return undefined
  const text = JSON.stringify(codec.value)
  return grouped(code, literally(text), () => text)
}
