import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { problem, problems, statusOf } from './problems'

const page = readFileSync(join(__dirname, '../../../../docs/api.md'), 'utf8')

describe('problems', () => {
  it.each(Object.entries(problems))('%s is told in docs/api.md, with its status', (code, status) => {
    const line = page.split('\n').find((one) => one.startsWith('|') && one.split('|')[1]?.includes(`\`${code}\``))
    expect(line?.split('|')[2]?.trim()).toBe(String(status))
  })

  it('have the status 422 where the ledger decided so', () =>
    expect(statusOf(problem('insufficient-margin', ''))).toBe(422))

  it('have it too where the door refuses by the same word', () => {
    expect(statusOf(problem('unknown-key', ''))).toBe(403)
    expect(statusOf(problem('unknown-key', '', { outcome: 'rejected' }))).toBe(422)
  })
})
