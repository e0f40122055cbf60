import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { refusals, rejections } from './rejections'

const page = readFileSync(join(__dirname, '../../../docs/rejections.md'), 'utf8')
const listed = (section: string | undefined): readonly string[] =>
  [...(section ?? '').matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, code]) => code ?? '')

describe('the published lists of rejections', () => {
  const [, door, ledger] = page.split(/^## /m)

  it('name every rejection, in order of precedence', () => expect(listed(ledger)).toEqual([...rejections]))

  it('name every refusal at the door, in order of precedence, and the one that only a bus can make', () =>
    expect(listed(door).filter((code) => code !== 'unknown-pool')).toEqual([...refusals]))
})
