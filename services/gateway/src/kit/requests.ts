import type { Schema } from '@novation/events'
import fc from 'fast-check'
import { arbitraryIn, type Words } from './from-schema'

/** A request as it goes out, and which operation it was made for. */
export interface Asking {
  readonly operation: { readonly path: string; readonly method: string }
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly schema: Schema
}

/** What a header may hold at all. */
const legal = (text: string): string => text.replace(/[^\x20-\x7e]/g, '?')

/** As it is, where the socket takes it so; else written as a path has it. */
const rawly = (text: string): string =>
  /^[\x21-\x7e]*$/.test(text) ? text.replace(/[?#]/g, '') : encodeURIComponent(text)

/** A text that is nearly the one that is right. */
const spoilt = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat(Math.max(0, text.length - 1)), fc.constantFrom('', '"', '{', '\0', '9', '\\', 'é', '1e9'))
    .map(([place, more]) => text.slice(0, place) + more + text.slice(place + 1))

const sometimes = (text: fc.Arbitrary<string>): fc.Arbitrary<string | undefined> =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: text })

/** Requests made from an OpenAPI document: most of them well made, many nearly, some not at all. */
export const requestsTo = (document: Schema, words: Words): fc.Arbitrary<Asking> => {
  const values = arbitraryIn(document, words)
  const nasty = fc.constantFrom(...words.nasty)
  const texts = ({ name, schema }: Parameter): fc.Arbitrary<string> =>
    fc.oneof({ weight: 19, arbitrary: values.named(name, schema).map(String) }, { weight: 1, arbitrary: nasty })
  const some = (all: readonly Parameter[]): fc.Arbitrary<readonly (readonly [string, string])[]> =>
    fc
      .tuple(...all.map((one) => sometimes(texts(one))))
      .map((found) => found.flatMap((text, i) => (text === undefined ? [] : [[all[i]?.name ?? '', text] as const])))

  const pathOf = (path: string, parameters: readonly Parameter[]): fc.Arbitrary<string> => {
    const places = parameters.filter((one) => one.in === 'path')
    return fc
      .tuple(fc.integer({ min: 0, max: 9 }), ...places.map(texts))
      .map(([die, ...found]) =>
        found.reduce(
          (url: string, text, i) =>
            url.replace(`{${places[i]?.name}}`, () => (die === 0 ? rawly(text) : encodeURIComponent(text))),
          path,
        ),
      )
  }

  const queryOf = (parameters: readonly Parameter[]): fc.Arbitrary<string> =>
    fc
      .tuple(
        fc.oneof(fc.constant([]), some(parameters.filter((one) => one.in === 'query'))),
        fc.oneof(
          { weight: 20, arbitrary: fc.constant([]) },
          { weight: 1, arbitrary: fc.array(fc.tuple(nasty, nasty)) },
        ),
        fc.integer({ min: 0, max: 30 }),
      )
      .map(([said, strange, die]) => {
        const pairs = [...said, ...strange, ...(die === 0 ? said : [])]
        return pairs.map(([name, text]) => `${encodeURIComponent(name)}=${encodeURIComponent(text)}`).join('&')
      })

  const bodyOf = (operation: Schema): fc.Arbitrary<readonly [string | undefined, string | undefined]> => {
    const content = Object.keys((operation.requestBody as Schema | undefined)?.content ?? {})
    const [first] = content
    if (first === undefined)
      return fc.constantFrom(
        [undefined, undefined] as const,
        [undefined, undefined] as const,
        ['application/json', '{}'] as const,
      )
    const { schema } = ((operation.requestBody as Schema).content as Readonly<Record<string, Schema>>)[
      'application/json'
    ] as { readonly schema: Schema }
    const one = values.walk(schema).map((value) => JSON.stringify(value))
    const body = fc.oneof({ weight: 4, arbitrary: one }, { weight: 1, arbitrary: one.chain(spoilt) })
    return fc.oneof(
      { weight: 6, arbitrary: body.map((text) => ['application/json', text] as const) },
      {
        weight: 2,
        arbitrary: fc.array(body, { maxLength: 4 }).map((all) => ['application/x-ndjson', all.join('\n')] as const),
      },
      { weight: 1, arbitrary: fc.tuple(fc.constantFrom('text/plain', 'application/xml', ''), fc.string()) },
    )
  }

  const requestTo = (path: string, method: string, operation: Schema): fc.Arbitrary<Asking> => {
    const parameters = operation.parameters as unknown as readonly Parameter[]
    return fc
      .tuple(
        pathOf(path, parameters),
        queryOf(parameters),
        some(parameters.filter((one) => one.in === 'header')),
        bodyOf(operation),
        fc.oneof(
          { weight: 30, arbitrary: fc.constant(method.toUpperCase()) },
          { weight: 1, arbitrary: fc.constantFrom('HEAD', 'DELETE', 'PUT', 'PATCH', 'POST', 'GET', 'OPTIONS') },
        ),
      )
      .map(([way, query, headers, [type, body], as]) => ({
        operation: { path, method },
        method: as,
        url: query === '' ? way : `${way}?${query}`,
        headers: {
          ...Object.fromEntries(headers.map(([name, text]) => [name.toLowerCase(), legal(text)])),
          ...(type === undefined ? {} : { 'content-type': type }),
        },
        body: as === 'POST' || as === 'PUT' || as === 'PATCH' ? body : undefined,
      }))
  }

  const paths = Object.entries(document.paths as Readonly<Record<string, Readonly<Record<string, Schema>>>>)
  const readings = 4
  return fc.oneof(
    ...paths.flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({
        // There are many questions, and one way to send.
        weight: method === 'get' ? 1 : Math.ceil(paths.length / readings),
        arbitrary: requestTo(path, method, operation),
      })),
    ),
  )
}
