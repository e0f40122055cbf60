import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { get, market, openHouse } from '../kit/house'
import { describedFiles } from './files'

const folder = join(__dirname, '../../schema')
const files = [...describedFiles()]

describe.each(files)('schema/%s', (file, text) => {
  it('is what the table of routes says today; if not, run npm run generate', () =>
    expect(readFileSync(join(folder, file), 'utf8')).toBe(text))

  it('is valid, says a validator that others keep', async () => {
    const config = await createConfig({ extends: ['spec'], rules: { struct: 'error', 'no-unresolved-refs': 'error' } })
    const lint = (source: string) => lintFromString({ source, absoluteRef: join(folder, file), config })
    expect((await lint(text)).map(({ message, location }) => [message, location[0]?.pointer])).toEqual([])
    const spoilt = text.replace('"responses"', '"response"').replace('"address"', '"adress"')
    expect(await lint(spoilt)).not.toEqual([])
  })
})

describe('a gateway', () => {
  const house = openHouse()
  beforeAll(() => house.happen(...market))
  afterAll(() => house.close())

  it('tells what it answers itself', async () => {
    const base = (await house.serve()).replace('/v1/pools', '')
    for (const [file, text] of files) expect((await get(`${base}/${file}`)).json()).toEqual(JSON.parse(text))
    expect((await get(`${base}/openapi.json?x=1`)).status).toBe(400)
  })
})
