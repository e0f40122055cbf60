const { createHash } = require('node:crypto')
const { existsSync, readdirSync, readFileSync } = require('node:fs')
const path = require('node:path')
const { globbed } = require('./globs')
const { switched } = require('./instrument')
const { sitesOf } = require('./sites')

/** The folder of a room by its name; throws where there is none. */
const roomOf = (root, name) => {
  const dir = ['packages', 'services', 'apps'].map((group) => path.join(root, group, name)).find(existsSync)
  if (name && dir) return dir
  throw new Error(`no room is named "${name}": say --room=risk, or another folder of packages, services or apps`)
}

/** The sources of a room, without what only its tests use: that is what the compiler leaves out. */
const sourcesOf = (root, room, glob) => {
  const { exclude } = JSON.parse(readFileSync(path.join(root, 'tsconfig.base.json'), 'utf8'))
  const left = [...exclude, '**/*.d.ts'].map(globbed)
  const wanted = globbed(glob ?? '**')
  return readdirSync(path.join(room, 'src'), { recursive: true })
    .map((file) => path.posix.join('src', file.replaceAll(path.sep, '/')))
    .filter((file) => file.endsWith('.ts') && !left.some((test) => test(file)))
    .filter((file) => wanted(file) || wanted(file.slice('src/'.length)))
    .sort()
}

const decimalFor = (room, file) =>
  path.basename(room) === 'decimal'
    ? {
        isOf: (from) => from.startsWith('.'),
        path: `./${path.posix.join(path.posix.relative(path.posix.dirname(file), 'src'), 'index')}`,
      }
    : { isOf: (from) => from === '@novation/decimal', path: '@novation/decimal' }

const lineAt = (source, index) => {
  const before = source.slice(0, index).split('\n')
  return { line: before.length, column: before.at(-1).length + 1 }
}

/** The lines that an edit touches, before and after. */
const diffOf = (source, { start, end, text }) => {
  const from = source.lastIndexOf('\n', start - 1) + 1
  const until = source.indexOf('\n', end)
  const to = until === -1 ? source.length : until
  return { before: source.slice(from, to), after: `${source.slice(from, start)}${text}${source.slice(end, to)}` }
}

/**
 * All mutants of a room's sources under `glob`: `mutants` with file, line, operator and the lines before and after, and
 * `texts`, for each file the text that has them all in it.
 */
const mutantsOf = (root, room, glob) => {
  const mutants = []
  const texts = {}
  for (const file of sourcesOf(root, room, glob)) {
    const source = readFileSync(path.join(room, file), 'utf8').replace(/^#!/, '//')
    const sites = sitesOf(source, decimalFor(room, file)).map((site) => ({
      ...site,
      edits: site.edits.map((edit) => ({ ...edit, id: mutants.push({ file, ...edit }) - 1 })),
    }))
    texts[path.join(room, file)] = switched(source, sites)
    for (const { edits } of sites) {
      for (const { id, operator, ...edit } of edits) {
        mutants[id] = { id, file, ...lineAt(source, edit.start), operator, ...diffOf(source, edit) }
      }
    }
  }
  return { mutants, texts }
}

/** A number in [0, 1) for each name and seed, the same everywhere. */
const drawn = (seed, name) => createHash('sha256').update(`${seed} ${name}`).digest().readUInt32BE() / 2 ** 32

/** `size` of the mutants, chosen by the seed, in their order. */
const sampled = (mutants, size, seed) => {
  if (size === undefined || size >= mutants.length) return mutants
  const ranked = mutants
    .map((mutant) => [drawn(seed, `${mutant.file} ${mutant.id}`), mutant.id])
    .sort(([a], [b]) => a - b)
  const chosen = new Set(ranked.slice(0, size).map(([, id]) => id))
  return mutants.filter(({ id }) => chosen.has(id))
}

module.exports = { mutantsOf, roomOf, sampled }
