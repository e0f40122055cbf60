import type { Schema } from '@novation/events'
import Ajv2020 from 'ajv/dist/2020'
import { at } from './from-schema'
import type { Asking } from './requests'

export interface Answered {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

const isSchema = (u: unknown): u is Schema => typeof u === 'object' && u !== null && !Array.isArray(u)

/** The same forms, with no field that they do not name: what is answered and told nowhere is found. */
const closed = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(closed)
  if (!isSchema(node)) return node
  const inside = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, closed(value)]))
  return node.type === 'object' && 'properties' in node && !('additionalProperties' in node)
    ? { ...inside, additionalProperties: false }
    : inside
}

const escaped = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1')

const linesOf = (type: string, body: string): readonly string[] => {
  if (type === 'application/x-ndjson') return body.split('\n').filter((line) => line !== '')
  return body.split('\n\n').flatMap((block) => /^data: (.*)$/m.exec(block)?.[1] ?? [])
}

/** What is wrong with an answer by a document, or nothing. */
export const answersHold = (document: Schema) => {
  const components = document.components as Schema
  const strict = { ...document, components: { ...components, schemas: closed(components.schemas) } }
  const ajv = new Ajv2020({ strict: false, logger: false })
  ajv.addSchema(strict, 'api')
  const made = new Map<string, ReturnType<typeof ajv.compile>>()
  const valid = (pointer: string, text: string): string | undefined => {
    const validate = made.get(pointer) ?? ajv.compile({ $ref: `api#${pointer}` })
    made.set(pointer, validate)
    let json: unknown
    try {
      json = JSON.parse(text)
    } catch {
      return 'not JSON'
    }
    return validate(json) ? undefined : ajv.errorsText(validate.errors).slice(0, 400)
  }
  const problem = '/components/schemas/Problem'

  return ({ operation, method }: Asking, { status, headers, body }: Answered): string | undefined => {
    const type = String(headers['content-type'] ?? '').split(';')[0] ?? ''
    if (status === 500) return 'a status of 500'
    // Nothing is away here.
    if (status === 503 && body.includes('"unavailable"')) return 'it could not be answered'
    if (method === 'HEAD') return body === '' ? undefined : 'a body to a HEAD'
    const served = at(document, `#/paths/${escaped(operation.path)}`) as Readonly<Record<string, Schema>>
    // It may have been sent by another method than it was made for.
    const by = method.toLowerCase()
    if (!Object.hasOwn(served, by))
      return type === 'application/problem+json' && status < 500 ? valid(problem, body) : `${status} ${type}`
    const { responses } = served[by] as {
      readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Schema>> }>>
    }
    const told = responses[status]
    if (told === undefined) return `a status that is not told: ${status} ${body.slice(0, 200)}`
    if (status === 304) return body === '' ? undefined : 'a body to a 304'
    const content = told.content?.[type]
    if (content === undefined) return `a content that is not told: ${status} ${type}`
    const pointer = `/paths/${escaped(operation.path)}/${by}/responses/${status}/content/${escaped(type)}`
    if (!('x-each' in content)) return valid(`${pointer}/schema`, body)
    return linesOf(type, body)
      .map((line) => valid(`${pointer}/x-each`, line))
      .find((wrong) => wrong !== undefined)
  }
}
