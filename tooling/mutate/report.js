/** A verdict for each mutant from all that was heard: one kill is enough; what no test reached is told apart. */
const outcomes = (messages) => {
  const found = new Map()
  for (const { id, outcome, by } of messages) {
    const known = found.get(id)?.outcome
    if (known !== 'killed' && known !== 'timeout') found.set(id, { outcome, by })
  }
  return found
}

const key = ({ file, before, after }) => [file, before.trim(), after.trim()].join('\n')

/** Mutants with their outcomes; those that a room lists as changing nothing are `equivalent`, with the reason. */
const judged = (mutants, messages, equivalents) => {
  const found = outcomes(messages)
  const reasons = new Map(equivalents.map((each) => [key(each), each.why]))
  return mutants.map((mutant) => {
    const { outcome = 'unreached', by } = found.get(mutant.id) ?? {}
    const why = reasons.get(key(mutant))
    const isAlive = outcome === 'survived' || outcome === 'unreached'
    return why !== undefined && isAlive ? { ...mutant, outcome: 'equivalent', why } : { ...mutant, outcome, by }
  })
}

const kinds = ['killed', 'timeout', 'survived', 'unreached', 'equivalent']

const tally = (verdicts) => {
  const count = Object.fromEntries(kinds.map((kind) => [kind, verdicts.filter((each) => each.outcome === kind).length]))
  const told = verdicts.length - count.equivalent
  const dead = count.killed + count.timeout
  return { mutants: verdicts.length, ...count, percent: told === 0 ? 100 : Math.floor((dead * 1000) / told) / 10 }
}

/** What is listed as changing nothing, and is not there any more, or has been killed after all. */
const staleIn = (verdicts, files, equivalents) => {
  const found = new Set(verdicts.filter(({ outcome }) => outcome === 'equivalent').map(key))
  return equivalents.filter((each) => files.includes(each.file) && !found.has(key(each)))
}

/** The counts by file and in all, the mutants that live, and the listed equivalents that a test has killed after all. */
const report = (room, mutants, messages, equivalents, isWhole) => {
  const verdicts = judged(mutants, messages, equivalents)
  const files = [...new Set(verdicts.map(({ file }) => file))]
  return {
    room,
    total: tally(verdicts),
    files: files.map((file) => ({ file, ...tally(verdicts.filter((each) => each.file === file)) })),
    alive: verdicts.filter(({ outcome }) => outcome === 'survived' || outcome === 'unreached'),
    equivalent: verdicts.filter(({ outcome }) => outcome === 'equivalent'),
    stale: isWhole ? staleIn(verdicts, files, equivalents) : [],
  }
}

const row = ({ file, mutants, percent, ...count }) => [
  file,
  mutants,
  ...kinds.map((kind) => count[kind]),
  percent.toFixed(1),
]

const table = (rows) => {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((each) => String(each[i]).length)))
  const cell = (value, i) => (i === 0 ? String(value).padEnd(widths[i]) : String(value).padStart(widths[i]))
  return rows.map((each) => each.map(cell).join('  ')).join('\n')
}

const life = ({ file, line, column, outcome, operator, before, after }) =>
  `${file}:${line}:${column} ${outcome}: ${operator}\n${indented('-', before)}\n${indented('+', after)}`

const indented = (sign, lines) =>
  lines
    .split('\n')
    .map((each) => `${sign} ${each}`)
    .join('\n')

/** The report for people: first who lives, then the counts. */
const text = ({ room, total, files, alive, stale }) =>
  [
    ...alive.map(life),
    ...stale.map(({ file, before }) => `${file}: listed as equivalent, but killed or not there: ${before.trim()}`),
    table([['file', 'mutants', ...kinds, '%'], ...files.map(row), row({ file: 'all', ...total })]),
    `${room}: ${total.killed + total.timeout} of ${total.mutants - total.equivalent} mutants killed, ${total.percent} %`,
  ].join('\n\n')

module.exports = { report, text }
