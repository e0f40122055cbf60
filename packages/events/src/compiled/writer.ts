import * as t from 'io-ts'
import { FieldsType } from '../fields'
import { canonicalJson, escaped, quoted } from '../json'
import { LookupType } from '../lookup'
import { TextType, WholeType } from '../text'
import { type Code, fieldsOf, newCode, newVerdict, type Shape } from './code'

/** What a part is written as, once `refuse` has not been said. */
type Write = (value: unknown) => unknown

const isText = (codec: t.Mixed): boolean =>
  codec instanceof TextType || codec instanceof t.KeyofType || codec instanceof t.LiteralType

const textWriter =
  ({ refuse }: Code, write: (text: string) => string): Write =>
  (value) =>
    typeof value === 'string' ? write(value) : refuse()

const leafWriter = (code: Code, codec: t.Mixed): Write | undefined => {
  const { refuse } = code
  if (isText(codec)) return textWriter(code, quoted)
  if (codec instanceof WholeType) return (value) => (Number.isFinite(value) ? value : refuse())
  if (codec instanceof t.BooleanType) return (value) => (typeof value === 'boolean' ? value : refuse())
  if (codec instanceof LookupType) return (value) => (codec.is(value) ? canonicalJson(value) : refuse())
  return undefined
}

const listWriter =
  ({ refuse }: Code, write: Write): Write =>
  (value) => {
    if (!Array.isArray(value)) return refuse()
    let items = ''
    for (const item of value) items += `${items === '' ? '' : ','}${write(item)}`
    return `[${items}]`
  }

/** Values that are written by somebody else, by their codec. */
export type Elsewhere = (codec: t.Mixed, refuse: () => undefined) => Write | undefined

/** A value in the text of an object. The quotes of one that is text stand there: put around it, they would be two more texts. */
const placed = (code: Code, codec: t.Mixed, own: string, elsewhere: Elsewhere): string =>
  isText(codec) && elsewhere(codec, code.refuse) === undefined
    ? `"\${${code.given(textWriter(code, escaped))}(${own})}"`
    : `\${${code.given(writerOf(code, codec, elsewhere))}(${own})}`

/** How many fields an object has, without a list of them. */
const countOf = (object: object): number => {
  let count = 0
  for (const _ in object) count += 1
  return count
}

/** One text with the fields in their places. An object with any other field, or one that says `undefined`, is refused. */
const fieldsWriter = (code: Code, codec: Shape, elsewhere: Elsewhere): Write => {
  const fields = fieldsOf(codec).map(({ key, codec: inside, isRequired }) => ({
    isRequired,
    own: `v.${key}`,
    text: `,${JSON.stringify(key)}:${placed(code, inside, `v.${key}`, elsewhere)}`,
  }))
  const isCertain = fields[0]?.isRequired === true
  const texts = fields.map(({ isRequired, own, text }) =>
    isRequired ? text : `\${${own} === undefined ? '' : \`${text}\`}`,
  )
  const all = texts.join('')
  const body = isCertain ? `\`{${all.slice(1)}}\`` : `\`{\${\`${all}\`.slice(1)}}\``
  const count = fields.map(({ isRequired, own }) => (isRequired ? '1' : `(${own} === undefined ? 0 : 1)`)).join(' + ')
  const isWhole = `typeof v === 'object' && v !== null && ${code.given(countOf)}(v) === ${count || '0'}`
  return code.made('v', `${isWhole} ? ${body} : ${code.given(code.refuse)}()`)
}

const writerOf = (code: Code, codec: t.Mixed, elsewhere: Elsewhere): Write => {
  const write = elsewhere(codec, code.refuse) ?? leafWriter(code, codec)
  if (write !== undefined) return write
  if (codec instanceof t.ReadonlyArrayType) return listWriter(code, writerOf(code, codec.type, elsewhere))
  if (codec instanceof FieldsType) return fieldsWriter(newCode(code.refuse), codec, elsewhere)
  throw new RangeError(`no writer for ${codec.name}`)
}

/** The canonical text of a value, or undefined where `canonicalJson` must answer. */
export type Writer<A> = (value: A) => string | undefined

/**
 * The writer of a codec, made once: the canonical JSON of a value, field by field. Undefined for a value that is not
 * made of just the fields that the codec names: then `canonicalJson` answers. Whether their content is right is not asked.
 */
export const canonicalWriterOf = <A>(codec: Shape, elsewhere: Elsewhere = () => undefined): Writer<A> => {
  const verdict = newVerdict()
  const write = fieldsWriter(newCode(verdict.refuse), codec, elsewhere)
  return (value) => {
    verdict.isRefused = false
    const text = write(value)
    return verdict.isRefused ? undefined : String(text)
  }
}
