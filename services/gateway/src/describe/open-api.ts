import { rejections } from '@novation/clearing'
import { type Definitions, PoolName, type Schema, schemaIn } from '@novation/events'
import type * as t from 'io-ts'
import { ProblemForm } from '../forms/problem'
import type { Answers, Body } from '../http/described'
import type { Line } from '../http/line'
import { type Problem, type ProblemCode, problem, statusOf } from '../http/problems'
import { definitionsOf, schemasOf } from './forms'
import { about, askedHeaders, meanings, saidHeaders } from './words'

/** What may be wrong with any request, before anybody looks into it. */
const anywhere: Answers['codes'] = [
  'malformed',
  'unauthenticated',
  'foreign-host',
  'not-found',
  'too-large',
  'not-json',
  'too-many',
  'unavailable',
]

/** Everything that a line may say is wrong. A code of the ledger may be one of the gateway's too, of another status. */
const wrongOf = ({ path, seenBy, answers }: Line): readonly Problem[] =>
  [
    ...new Set<ProblemCode>([
      ...anywhere,
      ...(path.includes(':pool') ? (['unknown-pool'] as const) : []),
      ...(seenBy === 'all' ? [] : (['not-permitted'] as const)),
      ...answers.codes,
    ]),
  ]
    .map((code) => problem(code, ''))
    .concat(answers.isDecided ? rejections.map((code) => problem(code, '', { outcome: 'rejected' })) : [])

const headers = (names: Answers['says']): Schema =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]))

/** Lines are told by the form of each: there is no schema for all of them together. */
const contentOf = (definitions: Definitions, bodies: readonly Body[]): Schema =>
  Object.fromEntries(
    bodies.map(({ content, form }) => [
      content,
      content === 'application/json'
        ? { schema: schemaIn(definitions, form) }
        : { schema: { type: 'string' }, 'x-each': schemaIn(definitions, form) },
    ]),
  )

const answersTo = (definitions: Definitions, { answers }: Line): Schema => {
  const statuses = [...new Set(answers.bodies.map(({ status }) => status))]
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      {
        description: status === 202 ? 'It is on its way.' : 'The answer.',
        headers: headers(answers.says),
        content: contentOf(
          definitions,
          answers.bodies.filter((body) => body.status === status),
        ),
      },
    ]),
  )
}

const problemsOf = (definitions: Definitions, line: Line): Schema => {
  const wrong = wrongOf(line)
  const statuses = [...new Set(wrong.map(statusOf))].sort()
  return Object.fromEntries(
    statuses.map((status) => {
      const of = wrong.filter((one) => statusOf(one) === status).map(({ code }) => code)
      const schema = {
        allOf: [
          schemaIn(definitions, ProblemForm),
          { type: 'object', properties: { status: { const: status }, code: { enum: of } } },
        ],
      }
      return [
        status,
        {
          description: of.map((code) => `\`${code}\``).join(', '),
          content: { 'application/problem+json': { schema } },
        },
      ]
    }),
  )
}

const parameter = (place: 'path' | 'query' | 'header', name: string, description: string, schema: Schema): Schema => ({
  name,
  in: place,
  description,
  ...(place === 'path' ? { required: true } : {}),
  ...(schema.type === 'array' ? { style: 'form', explode: false } : {}),
  schema,
})

/** `.` and `..` stand in a path as `~.` and `~..`. */
const wordSchema: Schema = { type: 'string', pattern: '^(~\\.{1,2}|[A-Za-z0-9._:-]{1,100})$' }

const parametersOf = (definitions: Definitions, { path, query, answers }: Line): readonly Schema[] => [
  ...[...path.matchAll(/:(\w+)/g)].map(([, name = '']) =>
    parameter('path', name, meanings[name] ?? name, name === 'pool' ? schemaIn(definitions, PoolName) : wordSchema),
  ),
  ...Object.entries<t.Mixed>(query).map(([name, codec]) =>
    parameter('query', name, meanings[name] ?? codec.name, schemaIn(definitions, codec)),
  ),
  ...answers.asks.map((name) => parameter('header', name, askedHeaders[name], { type: 'string' })),
]

const operationOf = (definitions: Definitions, line: Line): Schema => {
  const { name, summary, answers } = line
  return {
    operationId: name,
    summary,
    parameters: parametersOf(definitions, line),
    ...(answers.takes.length === 0
      ? {}
      : { requestBody: { required: true, content: contentOf(definitions, answers.takes) } }),
    responses: {
      ...answersTo(definitions, line),
      ...(answers.asks.includes('If-None-Match')
        ? { 304: { description: 'There is nothing new.', headers: headers(answers.says) } }
        : {}),
      ...problemsOf(definitions, line),
    },
  }
}

/** `/v1/pools/{pool}`. */
export const written = (path: string): string => path.replace(/:(\w+)/g, '{$1}')

/** OpenAPI 3.1 of a table of routes. */
export const openApi = (lines: readonly Line[]): Schema => {
  const definitions = definitionsOf(lines)
  const paths: Record<string, Schema> = {}
  for (const line of lines)
    paths[written(line.path)] = {
      ...paths[written(line.path)],
      [line.method.toLowerCase()]: operationOf(definitions, line),
    }
  return {
    openapi: '3.1.0',
    info: about,
    servers: [{ url: 'http://127.0.0.1:8420', description: 'Where `novation start` answers.' }],
    security: [{}, { token: [] }, { cookie: [] }],
    paths,
    components: {
      schemas: schemasOf(definitions),
      headers: Object.fromEntries(
        Object.entries(saidHeaders).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
      ),
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          description: 'As `novation token` makes one; none on this machine alone.',
        },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: 'novation',
          description: 'Of a page that signed in: a browser sends it by itself.',
        },
      },
    },
  }
}
