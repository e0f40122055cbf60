import * as t from 'io-ts'
import { FieldsType } from '../fields'
import type { Json } from '../json'
import { LookupType } from '../lookup'
import { ReadingType } from '../reading'
import { Id, TextType, WholeType } from '../text'

/** A JSON Schema, draft 2020-12; what is used of it means the same in draft 7. */
export type Schema = { readonly [key: string]: Json }

/** Where the named forms (an id, a decimal, a time) are kept, and how a schema points at them. */
export interface Definitions {
  readonly at: string
  /** Forms that are kept there too, rather than written out wherever they stand. */
  readonly shared: ReadonlySet<t.Mixed>
  readonly forms: Map<string, Schema>
}

const named = (codec: t.Mixed, form: Schema, { at, forms }: Definitions): Schema => {
  const known = forms.get(codec.name)
  if (known !== undefined && JSON.stringify(known) !== JSON.stringify(form))
    throw new RangeError(`two forms are called ${codec.name}`)
  forms.set(codec.name, form)
  return { $ref: `${at}${codec.name}` }
}

const fieldsOf = (codec: FieldsType<t.Props, t.Props>, definitions: Definitions): Schema => {
  const fields = Object.entries<t.Mixed>({ ...codec.required, ...codec.optional })
  return {
    type: 'object',
    properties: Object.fromEntries(fields.map(([name, field]) => [name, walk(field, definitions)])),
    required: Object.keys(codec.required),
    ...(codec.closed ? { additionalProperties: false } : {}),
  }
}

const walk = (codec: t.Mixed, definitions: Definitions): Schema =>
  definitions.shared.has(codec) ? named(codec, formOf(codec, definitions), definitions) : formOf(codec, definitions)

const formOf = (codec: t.Mixed, definitions: Definitions): Schema => {
  if (codec instanceof TextType)
    return named(codec, { type: 'string', pattern: codec.pattern.source, description: codec.meaning }, definitions)
  if (codec instanceof WholeType)
    return named(codec, { type: 'integer', minimum: codec.least, maximum: codec.most }, definitions)
  if (codec instanceof LookupType) {
    const names = walk(Id, definitions)
    return { type: 'object', propertyNames: names, additionalProperties: names, maxProperties: codec.most }
  }
  if (codec instanceof FieldsType) return fieldsOf(codec, definitions)
  if (codec instanceof ReadingType) return codec.form
  if (codec instanceof t.UnionType)
    return { anyOf: (codec.types as readonly t.Mixed[]).map((one) => walk(one, definitions)) }
  if (codec instanceof t.DictionaryType)
    return { type: 'object', additionalProperties: walk(codec.codomain, definitions) }
  if (codec instanceof t.ReadonlyType) return walk(codec.type, definitions)
  if (codec instanceof t.ReadonlyArrayType) return { type: 'array', items: walk(codec.type, definitions) }
  if (codec instanceof t.KeyofType) return { enum: Object.keys(codec.keys) }
  if (codec instanceof t.LiteralType) return { const: codec.value }
  if (codec instanceof t.BooleanType) return { type: 'boolean' }
  if (codec instanceof t.StringType) return { type: 'string' }
  if (codec instanceof t.NumberType) return { type: 'number' }
  if (codec instanceof t.NullType) return { type: 'null' }
  if (codec instanceof t.AnyDictionaryType) return { type: 'object' }
  if (codec instanceof t.UnknownType) return {}
  throw new RangeError(`no JSON Schema for the codec ${codec.name}`)
}

/** The schema of a codec; the forms it names are added to `definitions`. */
export const schemaIn = (definitions: Definitions, codec: t.Mixed): Schema => walk(codec, definitions)

/** The schema of a codec, complete in itself: what is valid is what the codec takes. */
export const schemaOf = (codec: t.Mixed): Schema => {
  const definitions: Definitions = { at: '#/$defs/', shared: new Set(), forms: new Map() }
  const schema = walk(codec, definitions)
  return { ...schema, $defs: Object.fromEntries([...definitions.forms].sort(([a], [b]) => (a < b ? -1 : 1))) }
}
