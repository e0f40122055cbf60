import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { reports } from './test-reports'

describe('what is told of an eventful history', () => {
  it.each(Object.entries(reports))('is what it has always been: golden/%s', async (file, make) => {
    const told = JSON.parse(JSON.stringify(await make()))
    expect(told).toEqual(JSON.parse(readFileSync(join(__dirname, '..', 'golden', file), 'utf8')))
  })
})
