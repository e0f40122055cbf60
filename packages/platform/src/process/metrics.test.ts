import { type MetricName, metricTable, openMetrics } from './metrics'

const named = Object.entries(metricTable) as [MetricName, (typeof metricTable)[MetricName]][]
const labelsOf = (labels: readonly string[]) => Object.fromEntries(labels.map((label) => [label, `a ${label}`]))
const told = (name: string, labels: readonly string[]): string =>
  labels.length === 0 ? name : `${name}{${labels.map((label) => `${label}="a ${label}"`).join(',')}}`

describe('the metrics of a process', () => {
  it.each(named)('%s is measured, and stands on the page with its labels', async (name, { kind, labels, help }) => {
    const { count, set, observe, page } = openMetrics()
    const of = labelsOf(labels)
    const [by, suffix, value] = (
      {
        counter: [() => [count(name, of), count(name, of, 2)], '', 3],
        gauge: [() => [set(name, of, 5), set(name, of, 4)], '', 4],
        histogram: [() => [observe(name, of, 0.5), observe(name, of, 1)], '_sum', 1.5],
      } as const
    )[kind]
    by()
    const lines = (await page()).split('\n')
    expect(lines).toContain(`# HELP ${name} ${help}`)
    expect(lines).toContain(`# TYPE ${name} ${kind}`)
    expect(lines).toContain(`${told(`${name}${suffix}`, labels)} ${value}`)
  })

  it('are in base units, and counters say that they are totals', () => {
    for (const [name, { kind }] of named) {
      expect(name).toMatch(/^novation_[a-z_]+$/)
      expect(name.endsWith('_total')).toBe(kind === 'counter')
      expect(name).not.toMatch(/_(ms|millis|minutes|kb|mb|percent)$/)
    }
  })

  it('never name an account', () => {
    for (const [, { labels }] of named) expect(labels).not.toContain('account')
  })

  it('are sorted into buckets of which each is wider', async () => {
    const { observe, page } = openMetrics()
    observe('novation_append_seconds', { pool: 'main' }, 0.03)
    const below = (await page())
      .split('\n')
      .flatMap((line) => /^novation_append_seconds_bucket\{le="([^"]+)",pool="main"\} (\d)$/.exec(line)?.slice(1) ?? [])
    const bounds = below.filter((_, i) => i % 2 === 0).map(Number)
    expect([bounds[0], bounds.at(-2)]).toEqual([0.001, 10])
    expect(bounds.slice(0, -1)).toEqual(bounds.slice(0, -1).toSorted((a, b) => a - b))
    expect(below.filter((_, i) => i % 2 === 1).join('')).toBe('00000'.concat('1'.repeat(bounds.length - 5)))
  })

  it('of the process itself stand beside them', async () =>
    expect(await openMetrics().page()).toContain('novation_process_cpu_seconds_total'))

  it('are no other process measures: each has its own', async () => {
    openMetrics().set('novation_accounts', { pool: 'main' }, 7)
    expect(await openMetrics().page()).not.toContain('novation_accounts{')
  })
})
