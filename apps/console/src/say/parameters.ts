/** A value of the parameters, by the path that leads to it. */
export interface Leaf {
  readonly path: string
  readonly value: string
}

export interface Group {
  readonly name: string
  readonly leaves: readonly Leaf[]
}

export const leavesOf = (value: unknown, path = ''): readonly Leaf[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inside]) => leavesOf(inside, path === '' ? key : `${path}.${key}`))
    : [{ path, value: String(value) }]

/** `liquidation.auction.fastSeconds` and the like, in words: the unit of a name stands with its value. */
export const named = (path: string): string =>
  path
    .replace(/_m?s$|(?<=[a-z])Seconds$/, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('.', ', ')
    .toLowerCase()

const units = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
] as const

/** Seconds in the largest unit that leaves nothing over: `1,800 s` is `30 min`. */
export const lasting = (seconds: number): string => {
  const [unit, word] = units.find(([size]) => seconds > 0 && seconds % size === 0) ?? [1, 's']
  return `${seconds / unit} ${word}`
}

/** A value with its unit: times by their name; everything else as it is set. */
export const valued = ({ path, value }: Leaf): string => {
  if (!/^\d+$/.test(value)) return value
  if (/(_s|Seconds)$/.test(path)) return lasting(Number(value))
  if (!path.endsWith('_ms')) return value
  return Number(value) % 1000 === 0 ? lasting(Number(value) / 1000) : `${value} ms`
}

/** Values under what they are about, those that stand alone first. */
export const groupsOf = (parameters: unknown): readonly Group[] => {
  const groups = new Map<string, Leaf[]>([['pool', []]])
  for (const { path, value } of leavesOf(parameters)) {
    const [root = '', ...rest] = path.split('.')
    const [name, within] = rest.length === 0 ? ['pool', root] : [root, rest.join('.')]
    groups.set(name, [...(groups.get(name) ?? []), { path: within, value }])
  }
  return [...groups].map(([name, leaves]) => ({ name, leaves })).filter(({ leaves }) => leaves.length > 0)
}
