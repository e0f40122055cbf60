const { existsSync, readFileSync } = require('node:fs')
const path = require('node:path')
const { campaign } = require('./campaign')
const { mutantsOf, roomOf, sampled } = require('./mutants')
const processes = require('./processes')
const { report, text } = require('./report')

const say = (line) => process.stderr.write(`${line}\n`)

/** What the room knows to change nothing that anybody could see: file, the lines before and after, and why. */
const equivalentsOf = (room) => {
  const file = path.join(room, 'equivalent-mutants.json')
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : []
}

/** Tells every five seconds how far it is. */
const progress = (total) => {
  const dead = new Set()
  const start = Date.now()
  let files = 0
  let closed = 0
  let tried = 0
  const timer = setInterval(() => {
    const rate = (tried / ((Date.now() - start) / 1000)).toFixed(0)
    say(`${dead.size} of ${total} killed, ${closed} of ${files} test files done, ${rate} mutants a second`)
  }, 5000)
  const hear = (message) => {
    if (message.files) files += message.files
    if (message.closed) closed += 1
    if (message.outcome) tried += 1
    if (message.outcome && message.outcome !== 'survived') dead.add(message.id)
  }
  return { hear, end: () => clearInterval(timer) }
}

/**
 * Breaks the sources of a room in every way of `edits.js`, one at a time and in memory only, and tells which of the breaks its
 * tests do not see. Answers an exit code: 1 where fewer than `least` percent are killed.
 */
const mutate = async (
  root,
  { room: name, path: glob, tests, line, sample, seed, workers, longest, memory, least, json },
) => {
  const room = roomOf(root, name)
  const { mutants, texts } = mutantsOf(root, room, glob)
  const chosen = sampled(
    mutants.filter((mutant) => line === undefined || mutant.line === line),
    sample,
    seed,
  )
  if (chosen.length === 0) throw new Error(`nothing to mutate in ${name} under ${glob ?? 'src'}`)
  say(`${chosen.length} of ${mutants.length} mutants in ${Object.keys(texts).length} files of ${name}, seed ${seed}`)

  const verdicts = []
  const { hear, end } = progress(chosen.length)
  const running = new Set()
  const tell = () => {
    end()
    const found = report(
      name,
      chosen,
      verdicts,
      equivalentsOf(room),
      chosen.length === mutants.length && tests === undefined,
    )
    process.stdout.write(`${json ? JSON.stringify(found, null, 2) : text(found)}\n`)
    return found.total
  }
  const stop = (code) => () => {
    running.forEach(processes.end)
    say('stopped: what is not tried yet counts as unreached')
    tell()
    process.exit(code)
  }
  process.once('SIGINT', stop(130))
  process.once('SIGTERM', stop(143))
  process.once('exit', () => running.forEach(processes.end))
  const heard = (message) => {
    hear(message)
    if (message.outcome) verdicts.push(message)
  }
  const planned = chosen.map(({ id }) => id)
  const slow = await campaign({
    room,
    tests,
    texts,
    planned,
    size: mutants.length,
    seed,
    longest_ms: longest * 1000,
    most_bytes: memory * 1e6,
    workers,
    heard,
    running,
  }).finally(end)
  for (const file of slow)
    say(`${path.relative(root, file)}: some of its tests take longer than --longest=${longest} and were left out`)
  return tell().percent < (least ?? 0) ? 1 : 0
}

module.exports = { mutate }
