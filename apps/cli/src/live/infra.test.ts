import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { metricTable, openMetrics } from '@novation/platform'
import { parse, parseAllDocuments } from 'yaml'
import { doctor } from '../commands/doctor'
import { start } from '../commands/start'
import { variableName } from '../settings/read-settings'
import { serviceNames } from './services'

const root = join(__dirname, '../../../..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

interface ComposeService {
  readonly image?: string
  readonly build?: string
  readonly profiles?: readonly string[]
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly healthcheck?: { readonly test?: readonly string[]; readonly disable?: boolean }
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly volumes?: readonly string[]
  readonly restart?: string
}

const compose: {
  readonly services: Readonly<Record<string, ComposeService>>
  readonly volumes: Readonly<Record<string, unknown>>
} = parse(read('docker-compose.yml'), { merge: true })

interface Manifest {
  readonly kind: string
  readonly metadata: { readonly name: string }
  readonly data?: Readonly<Record<string, string>>
  readonly spec?: {
    readonly template?: { readonly spec: { readonly containers: readonly { readonly args: readonly string[] }[] } }
  }
}

const manifests: readonly Manifest[] = readdirSync(join(root, 'infra/kubernetes'))
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => parseAllDocuments(read(`infra/kubernetes/${name}`)).map((document): Manifest => document.toJS()))

const known = new Set([...Object.keys(start.flags), ...Object.keys(doctor.flags)].map(variableName))
const settingsOf = (environment: Readonly<Record<string, string>> = {}) =>
  Object.keys(environment).filter((name) => name.startsWith('NOVATION_'))

describe('docker-compose.yml', () => {
  const all = Object.entries(compose.services)

  it.each(all)('%s has a healthcheck, unless it runs once, and a profile', (_, service) => {
    expect(service.restart === 'no' || service.healthcheck?.test !== undefined).toBe(true)
    expect(['core', 'apart', 'sources', 'observability', 'tools']).toEqual(
      expect.arrayContaining([...(service.profiles ?? ['none'])]),
    )
    expect(service.image).toMatch(/^[a-z0-9./-]+:(?!latest)[\w.-]+$/)
  })

  it('runs every service of the mesh, by one image', () => {
    const commands = all.filter(([, { command }]) => command?.[0] === 'start').map(([, { command }]) => command?.[1])
    expect(commands.sort()).toEqual([...serviceNames].sort())
    expect(new Set(all.filter(([, { build }]) => build !== undefined).map(([, { image }]) => image))).toEqual(
      new Set(['novation:local']),
    )
  })

  it('sets nothing that the program does not know, and sets it to what the program takes', () => {
    for (const [, { environment, command }] of all.filter(([, { build }]) => build !== undefined)) {
      expect(settingsOf(environment).filter((name) => !known.has(name))).toEqual([])
      const chosen = command?.[0] === 'doctor' ? doctor : start
      expect(chosen.prepare(command?.slice(1) ?? [], environment ?? {})._tag).toBe('Right')
    }
  })

  it('names only services and volumes that are there', () => {
    const names = all.map(([name]) => name)
    for (const [, { depends_on, volumes }] of all) {
      expect(names).toEqual(expect.arrayContaining(Object.keys(depends_on ?? {})))
      const own = (volumes ?? []).map((volume) => volume.split(':')[0] ?? '').filter((name) => !name.startsWith('.'))
      expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(own))
    }
  })
})

describe('the Kubernetes manifests', () => {
  it('deploy every service of the mesh', () => {
    const deployed = manifests.filter(({ kind }) => kind === 'Deployment').map(({ metadata }) => metadata.name)
    expect(deployed.sort()).toEqual([...serviceNames].sort())
  })

  it('set nothing that the program does not know, and set it to what the program takes', () => {
    const settings = manifests.find(({ kind }) => kind === 'ConfigMap')?.data ?? {}
    expect(settingsOf(settings).filter((name) => !known.has(name))).toEqual([])
    for (const { spec } of manifests.filter(({ kind }) => kind === 'Deployment' || kind === 'Job'))
      for (const { args } of spec?.template?.spec.containers ?? []) {
        const chosen = args[0] === 'doctor' ? doctor : start
        expect(chosen.prepare(args.slice(1), settings)._tag).toBe('Right')
      }
  })
})

describe('dashboards and alerts', () => {
  const queries = [
    ...JSON.parse(read('infra/grafana/dashboards/novation.json')).panels.flatMap(
      (panel: { readonly targets: readonly { readonly expr: string }[] }) => panel.targets.map(({ expr }) => expr),
    ),
    ...parse(read('infra/prometheus/alerts.yml')).groups.flatMap(
      (group: { readonly rules: readonly { readonly expr: string }[] }) => group.rules.map(({ expr }) => expr),
    ),
  ] as readonly string[]

  it('ask only for metrics that the services really expose, by labels that they have', async () => {
    const metrics = openMetrics()
    for (const [name, { kind, labels }] of Object.entries(metricTable)) {
      const values = Object.fromEntries(labels.map((label) => [label, 'x']))
      const write = kind === 'counter' ? metrics.count : kind === 'gauge' ? metrics.set : metrics.observe
      write(name as keyof typeof metricTable, values, 1)
    }
    const page = await metrics.page()
    const asked = new Set(queries.flatMap((query) => query.match(/novation_[a-z_]+/g) ?? []))
    expect([...asked].filter((name) => !new RegExp(`^${name}[{ ]`, 'm').test(page))).toEqual([])
    const labels = new Set([
      ...Object.values(metricTable).flatMap((one): readonly string[] => one.labels),
      'le',
      'instance',
    ])
    const grouped = queries.flatMap((query) =>
      [...query.matchAll(/\b(?:by|on) \(([^)]*)\)/g)].flatMap(([, list]) => (list ?? '').split(', ')),
    )
    expect(grouped.filter((label) => !labels.has(label))).toEqual([])
  })

  it('name an account in no label', () => {
    expect(Object.values(metricTable).flatMap((one): readonly string[] => one.labels)).not.toContain('account')
  })
})

describe('the Dockerfile', () => {
  it('builds by the commands of the house and runs the command line', () => {
    const text = read('Dockerfile')
    expect(text).toContain('RUN npm ci\nRUN npm run build\nRUN npm prune --omit=dev')
    expect(text).toContain('ENTRYPOINT ["node", "apps/cli/bin/novation.js"]')
  })

  it('gives Node the room for what is young that the benchmarks give it', () => {
    const option = '--max-semi-space-size=64'
    expect(read('Dockerfile')).toContain(`ENV NODE_OPTIONS=${option}`)
    for (const bench of ['run.ts', 'ready/run.ts']) expect(read(`benchmarks/${bench}`)).toContain(`'${option}'`)
  })
})
