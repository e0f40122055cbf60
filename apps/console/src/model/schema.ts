import type { Described } from '@novation/client'

/** One value that is written or chosen. */
export type Simple =
  | { readonly is: 'text'; readonly pattern?: string; readonly hint: string }
  | { readonly is: 'whole'; readonly least: number; readonly most: number }
  | { readonly is: 'choice'; readonly of: readonly string[] }
  | { readonly is: 'yes-no' }

/** What is to be filled in, as its schema has it. */
export type Form =
  | Simple
  | { readonly is: 'fixed'; readonly value: unknown }
  | { readonly is: 'group'; readonly fields: readonly Field[] }
  | { readonly is: 'list'; readonly of: Form }

export interface Field {
  readonly name: string
  readonly isNeeded: boolean
  readonly form: Form
}

/** A command as it is written: what it is for, and what it says. */
export interface CommandForm {
  readonly type: string
  readonly description: string
  readonly fields: readonly Field[]
}

interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly description?: string
  readonly pattern?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly minimum?: number
  readonly maximum?: number
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

const found = ({ components: { schemas } }: Described, schema: Schema): Schema => {
  const name = schema.$ref?.split('/').at(-1)
  return name === undefined ? schema : ((schemas[name] ?? {}) as Schema)
}

const fieldsOf = (document: Described, { properties = {}, required = [] }: Schema): readonly Field[] =>
  Object.entries(properties).map(([name, schema]) => ({
    name,
    isNeeded: required.includes(name),
    form: formOf(document, schema),
  }))

const formOf = (document: Described, named: Schema): Form => {
  const schema = found(document, named)
  if (schema.const !== undefined) return { is: 'fixed', value: schema.const }
  if (schema.enum !== undefined) return { is: 'choice', of: schema.enum.map(String) }
  switch (schema.type) {
    case 'boolean':
      return { is: 'yes-no' }
    case 'integer':
      return { is: 'whole', least: schema.minimum ?? 0, most: schema.maximum ?? Number.MAX_SAFE_INTEGER }
    case 'object':
      return { is: 'group', fields: fieldsOf(document, schema) }
    case 'array':
      return { is: 'list', of: formOf(document, schema.items ?? {}) }
    default:
      return {
        is: 'text',
        ...(schema.pattern === undefined ? {} : { pattern: schema.pattern }),
        hint: schema.description ?? '',
      }
  }
}

/** The form of a command, out of the description of the interface; undefined where there is no such command. */
export const commandForm = (document: Described, type: string): CommandForm | undefined => {
  const schema = document.components.schemas[type] as Schema | undefined
  const data = schema?.properties?.data
  return schema === undefined || data === undefined
    ? undefined
    : { type, description: schema.description ?? '', fields: fieldsOf(document, found(document, data)) }
}
