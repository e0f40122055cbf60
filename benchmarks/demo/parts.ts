import { readFileSync } from 'node:fs'

interface Frame {
  readonly functionName: string
  readonly url: string
}

/** A profile as V8 writes it: a tree of calls, and which of them was running at each sample. */
interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: Frame; readonly children?: readonly number[] }[]
  readonly samples: readonly number[]
  readonly timeDeltas: readonly number[]
}

/** The parts of the mesh, each by the file and function (or any function) that enters it. The innermost one counts. */
const parts: readonly (readonly [part: string, url: RegExp, functionName?: RegExp])[] = [
  ['start (loading code)', /node:internal\/modules|cjs\/loader/],
  [
    'read lines, make commands',
    /cli\/(src|dist)\/demo\/(script|traders|made-day)|cli\/(src|dist)\/run\/(lines|command-lines)/,
  ],
  ['decide', /clearing\/(src|dist)\/ledger\/decide/],
  ['judge (who stands where)', /clearing\/(src|dist)\/state\/judge/],
  ['freeze or thaw', /clearing\/(src|dist)\/ledger\/freeze/],
  ['seal (canonical JSON, hash, id)', /clearing\/(src|dist)\/ledger\/seal/],
  ['what is due by time', /clearing\/(src|dist)\/time\/due/],
  ['fold for the reactors', /clearing\/(src|dist)\/state\/evolve/, /^follow$/],
  ['fold after deciding', /clearing\/(src|dist)\/ledger\/process/, /^commit$/],
  ['reactors', /platform\/(src|dist)\/host\/(asking|hosted)/],
  ['store (encode, write, sync)', /cli\/(src|dist)\/run\/ledger-writer/],
  ['statement and report', /clearing\/(src|dist)\/proof\/|cli\/(src|dist)\/(report|demo\/report)/],
  ['garbage collection', /^$/, /^\(garbage collector\)$/],
  ['idle', /^$/, /^\(idle\)$/],
]

const partOf = ({ url, functionName }: Frame): string | undefined =>
  parts.find(([, where, what]) => where.test(url) && (what === undefined || what.test(functionName)))?.[0]

/** Milliseconds by part, largest first; every sample belongs to exactly one. */
export const timeByPart = (file: string): readonly (readonly [part: string, ms: number])[] => {
  const { nodes, samples, timeDeltas }: Profile = JSON.parse(readFileSync(file, 'utf8'))
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const partById = new Map<number, string>()
  const walk = (id: number, inherited: string): void => {
    const node = byId.get(id)
    if (node === undefined) return
    const part = partOf(node.callFrame) ?? inherited
    partById.set(id, part)
    for (const child of node.children ?? []) walk(child, part)
  }
  const [root] = nodes
  if (root !== undefined) walk(root.id, 'everything else')
  const spent = new Map<string, number>()
  samples.forEach((id, i) => {
    const part = partById.get(id) ?? 'everything else'
    spent.set(part, (spent.get(part) ?? 0) + (timeDeltas[i] ?? 0) / 1000)
  })
  return [...spent].sort(([, a], [, b]) => b - a)
}
