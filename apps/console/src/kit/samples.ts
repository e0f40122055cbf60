import type { SeenEvent } from '@novation/client'
import { namesIn, textIn } from './files'

export type Said = Pick<SeenEvent, 'type' | 'data'>

const folder = 'packages/events/golden'

const read = (name: string): readonly [string, Said] => {
  const { type, body } = JSON.parse(textIn(`${folder}/${name}`))
  return [type, { type, data: JSON.parse(body).data }]
}

/** What each type of event looks like in its newest version, as this house keeps a sample of it. */
export const samples: ReadonlyMap<string, Said> = new Map(
  namesIn(folder)
    .filter((name) => /\.v\d+\.json$/.test(name))
    .toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map(read),
)

export const sampleOf = (type: string): Said => {
  const sample = samples.get(type)
  if (sample === undefined) throw new Error(`there is no sample of ${type} in ${folder}`)
  return sample
}
