import type { SeenEvent } from '@novation/client'

export type Said = Pick<SeenEvent, 'type' | 'data'>

/** What a page is written with knows of no files; tests run where there are some. */
const { readdirSync, readFileSync } = jest.requireActual<{
  readonly readdirSync: (folder: string) => readonly string[]
  readonly readFileSync: (path: string, encoding: 'utf8') => string
}>('node:fs')

const folder = `${expect.getState().testPath?.replace(/apps\/console\/.*$/, '')}packages/events/golden`

const read = (name: string): readonly [string, Said] => {
  const { type, body } = JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'))
  return [type, { type, data: JSON.parse(body).data }]
}

/** What each type of event looks like in its newest version, as this house keeps a sample of it. */
export const samples: ReadonlyMap<string, Said> = new Map(
  readdirSync(folder)
    .filter((name) => /\.v\d+\.json$/.test(name))
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map(read),
)

export const sampleOf = (type: string): Said => {
  const sample = samples.get(type)
  if (sample === undefined) throw new Error(`there is no sample of ${type} in ${folder}`)
  return sample
}
