import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { start } from '../commands/start'
import { flagName, variableName } from '../settings/read-settings'

const root = join(__dirname, '../../../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')
const manual = read('docs/operations.md')

const { groups }: { readonly groups: readonly { readonly rules: readonly { readonly alert: string }[] }[] } = parse(
  read('infra/prometheus/alerts.yml'),
)
const alerts = groups.flatMap(({ rules }) => rules.map(({ alert }) => alert))

describe('docs/operations.md', () => {
  it.each(Object.entries(start.flags))('tells the setting %s with its default', (name, { fallback }) => {
    expect(manual).toContain(`| \`${flagName(name)}\` | \`${variableName(name)}\` | ${fallback ?? 'none'} |`)
  })

  it.each(alerts)('tells what to do about %s', (alert) => {
    expect(manual).toMatch(new RegExp(`^\\| \`${alert}\` \\| .{20,} \\|$`, 'm'))
  })

  it('tells of no alert that is not there', () => {
    const [, section = ''] = manual.split('## Alerts')
    const told = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| `(\w+)`/gm)].map(([, alert]) => alert)
    expect(told).toEqual(alerts)
  })
})
