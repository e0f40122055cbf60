import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { table } from './routes'

const page = readFileSync(join(__dirname, '../../../../docs/api.md'), 'utf8')
const [, section = ''] = page.split('## What there is')
const [told = ''] = section.split('\n## ')

/** As the page writes it: `/accounts/{account}`, whatever may stand in its query. */
const written = (path: string): string => path.replace('/v1/pools/:pool', '').replace(/:(\w+)/g, '{$1}')

const paths = table.map(({ path }) => written(path)).filter((path) => path !== '' && path !== '/v1/pools')

describe('docs/api.md', () => {
  it.each([...new Set(paths)])('tells of %s', (path) => {
    const places = [...told.matchAll(/`(?:POST )?(\/[^`?]*)(?:\?[^`]*)?`/g)].map(([, place]) => place)
    expect(places).toContain(path.replace('{event}', '{revision or id}'))
  })
})
