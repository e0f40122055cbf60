import type { Schema } from '@novation/events'
import fc from 'fast-check'

/** What is worth trying for a name, because it is there, or because it looks like trouble. */
export interface Words {
  /** Of parameters, by their names; */
  readonly known: Readonly<Record<string, readonly string[]>>
  /** of the fields of bodies. */
  readonly inBodies: Readonly<Record<string, readonly unknown[]>>
  /** What most bodies do without. */
  readonly rare: readonly string[]
  readonly nasty: readonly string[]
}

const rarely = 19

const isSchema = (u: unknown): u is Schema => typeof u === 'object' && u !== null && !Array.isArray(u)

/** What stands in a document under a pointer, `#/components/schemas/Id`. */
export const at = (document: Schema, pointer: string): Schema => {
  const steps = pointer.replace(/^#\//, '').split('/')
  const found = steps.reduce<unknown>(
    (node, step) => (isSchema(node) ? node[step.replaceAll('~1', '/').replaceAll('~0', '~')] : undefined),
    document,
  )
  if (!isSchema(found)) throw new RangeError(`nothing stands at ${pointer}`)
  return found
}

/** Values as a schema has them; where a name is known to be of something that is there, mostly that. */
export const arbitraryIn = (document: Schema, { known, inBodies, rare }: Words) => {
  const made = new Map<string, fc.Arbitrary<unknown>>()

  const fields = (schema: Schema): fc.Arbitrary<unknown> => {
    const required = (schema.required ?? []) as readonly string[]
    const properties = Object.entries((schema.properties ?? {}) as Readonly<Record<string, Schema>>)
    const record = fc.record(
      Object.fromEntries(properties.map(([name, one]) => [name, orKnown(inBodies[name], one)])),
      { requiredKeys: [...required] },
    )
    return fc
      .tuple(record, fc.nat(rarely))
      .map(([value, die]) =>
        die === 0 ? value : Object.fromEntries(Object.entries(value).filter(([name]) => !rare.includes(name))),
      )
  }

  const orKnown = (words: readonly unknown[] | undefined, schema: Schema): fc.Arbitrary<unknown> => {
    const any = walk(schema)
    return words === undefined || 'properties' in schema
      ? any
      : fc.oneof({ weight: 19, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: any })
  }

  const walk = (schema: Schema): fc.Arbitrary<unknown> => {
    if (typeof schema.$ref === 'string') {
      const { $ref } = schema
      const arbitrary = made.get($ref) ?? walk(at(document, $ref))
      made.set($ref, arbitrary)
      return arbitrary
    }
    if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]))
    if ('const' in schema) return fc.constant(schema.const)
    if (Array.isArray(schema.anyOf)) return fc.oneof(...(schema.anyOf as Schema[]).map(walk))
    switch (schema.type) {
      case 'object':
        return fields(schema)
      case 'array':
        return fc.array(walk((schema.items ?? {}) as Schema), {
          minLength: Number(schema.minItems ?? 0),
          maxLength: 3,
        })
      case 'integer':
        return fc.integer({
          min: Number(schema.minimum ?? 0),
          max: Math.min(Number(schema.maximum ?? 1000), 2_000_000_000),
        })
      case 'boolean':
        return fc.boolean()
      case 'string':
        return typeof schema.pattern === 'string'
          ? fc.stringMatching(new RegExp(schema.pattern, 'u'))
          : fc.string({ maxLength: 20 })
      default:
        return fc.jsonValue()
    }
  }
  return { named: (name: string, schema: Schema) => orKnown(known[name], schema), walk }
}
