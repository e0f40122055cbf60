import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import Ajv from 'ajv'
import { parse } from 'yaml'

const read = (path: string): string => readFileSync(resolve(__dirname, '../../../..', path), 'utf8')

/** The schema of the Compose specification, as a linter of such files brings it; the draft it names has no such address. */
const { $schema: _, ...schema } = JSON.parse(
  read(join(dirname(require.resolve('dclint')), '../schemas/compose.schema.json')),
)
const isAllowed = new Ajv({ strict: false, validateFormats: false }).compile(schema)
const file = read('docker-compose.yml')

describe('docker-compose.yml', () => {
  it('is what the schema of Compose files allows', () => {
    expect([isAllowed(parse(file, { merge: true })), isAllowed.errors]).toEqual([true, null])
  })

  it('would not pass with a word that Compose does not know', () => {
    expect(isAllowed(parse(file.replaceAll('healthcheck:', 'healthchek:'), { merge: true }))).toBe(false)
  })
})
