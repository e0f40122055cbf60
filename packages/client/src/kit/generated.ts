import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const described = join(__dirname, '../../../../services/gateway/schema/openapi.json')
const room = join(__dirname, '../..')

/** The types of everything that is asked and answered, by openapi-typescript. */
const types = (): string =>
  execFileSync(
    process.execPath,
    [
      join(room, 'node_modules/openapi-typescript/bin/cli.js'),
      described,
      '--immutable',
      '--root-types',
      '--root-types-no-schema-prefix',
    ],
    { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 26 },
  )

interface Operation {
  readonly operationId: string
}

/** Where each operation is found: types are gone when the program runs. */
const paths = (): string => {
  const document: { readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> } = JSON.parse(
    readFileSync(described, 'utf8'),
  )
  const lines = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.values(methods).map(({ operationId }) => `  ${operationId}: '${path}',\n`),
  )
  return `/** Where each operation is found. Made from the OpenAPI document; do not make direct changes to the file. */\nexport const paths = {\n${lines.join('')}} as const\n`
}

/** Every file below `generated/`, by its name. */
export const generatedFiles = (): ReadonlyMap<string, string> =>
  new Map([
    ['api.ts', types()],
    ['paths.ts', paths()],
  ])
