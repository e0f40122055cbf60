const { spawn, spawnSync } = require('node:child_process')
const { mkdtempSync, rmSync, statSync, writeFileSync } = require('node:fs')
const { tmpdir } = require('node:os')
const path = require('node:path')
const { createInterface } = require('node:readline')
const { globbed } = require('./globs')
const { end, watched } = require('./processes')

/** How long a process may say nothing, beyond what its tests need without a mutant, before it counts as hung. */
const silence_ms = 30_000
const observing_ms = 900_000

/** The test files that reach the sources, as far as imports tell: those beside them first, then the small ones. */
const testsOf = (room, sources) => {
  const jest = require.resolve('jest/bin/jest')
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [jest, '--listTests', '--json', '--findRelatedTests', ...sources],
    { cwd: room, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`jest cannot tell which tests reach ${room}: ${stderr}`)
  const beside = new Set(sources.map((file) => file.replace(/\.ts$/, '.test.ts')))
  const rank = (file) => statSync(file).size + (beside.has(file) ? 0 : 1e9)
  return JSON.parse(stdout.slice(stdout.indexOf('['))).sort((a, b) => rank(a) - rank(b))
}

/** What one process has told so far, as a state that its next message leads on from. */
const follow = (state, message) => {
  if (message.file) {
    const ended = message.file === state.file ? state.ended : []
    return { ...state, file: message.file, ended, current: undefined, allowed_ms: observing_ms }
  }
  if (message.closed) return { ...state, files: state.files.filter((file) => file !== message.closed), file: undefined }
  if (message.begin !== undefined) {
    return { ...state, current: message.begin, allowed_ms: silence_ms + message.ms * 12 }
  }
  if (message.longer > 0) return { ...state, slow: [...state.slow, state.file] }
  if (message.id === undefined) return state
  const isDead = message.outcome !== 'survived'
  return {
    ...state,
    current: undefined,
    allowed_ms: observing_ms,
    ended: [...state.ended, message.id],
    planned: isDead ? state.planned.filter((id) => id !== message.id) : state.planned,
  }
}

/** Runs one process until it ends or hangs; answers the state in which it left. */
const once = (room, plan, start, heard, running) =>
  new Promise((resolve, reject) => {
    let state = start
    const failed = { isHung: false, isSwollen: false }
    const fail = (how) => () => {
      failed[how] = true
      end(child)
    }
    const done = state.file ? { [state.file]: state.ended } : {}
    writeFileSync(plan.file, JSON.stringify({ ...plan.content, planned: state.planned, done }))
    const child = spawn(process.execPath, [require.resolve('./worker'), room, plan.file, ...state.files], {
      cwd: room,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      // A group of its own, so that what a test begins ends with it.
      detached: true,
    })
    running.add(child)
    const unwatch = watched(child, plan.most_bytes, fail('isSwollen'))
    let errors = ''
    child.stderr.on('data', (text) => {
      errors = `${errors}${text}`.slice(-10_000)
    })
    let timer
    const watch = () => {
      clearTimeout(timer)
      timer = setTimeout(fail('isHung'), state.allowed_ms ?? observing_ms)
    }
    watch()
    createInterface({ input: child.stdio[3] }).on('line', (line) => {
      const message = JSON.parse(line)
      state = follow(state, message)
      heard(message)
      watch()
    })
    child.on('error', reject)
    child.on('exit', () => end(child))
    child.on('close', (code) => {
      clearTimeout(timer)
      unwatch()
      running.delete(child)
      resolve({ ...state, ...failed, code, errors })
    })
  })

/**
 * One process after another until every file is done: a mutant that ends or hangs its process is dead too. One under which it
 * takes too much memory is tried again in a fresh one, since those before it may have left much behind.
 */
const untilDone = async (room, plan, start, heard, running) => {
  let state = { ...start, ended: [], slow: [] }
  let swollen
  while (state.files.length > 0) {
    state = await once(room, plan, state, heard, running)
    if (state.code === 0) break
    const place = `${state.file} ${state.ended?.length}`
    if (state.isSwollen && swollen !== place) {
      swollen = place
      state = { ...state, current: undefined }
      continue
    }
    const nothing = state.isSwollen
      ? 'the tests take too much memory without any mutant'
      : 'the tests ended without a word'
    if (state.current === undefined) throw new Error(state.errors || nothing)
    const outcome = state.isHung || state.isSwollen ? 'timeout' : 'killed'
    const last = { id: state.current, outcome, by: 'the end of the process' }
    heard(last)
    state = follow(state, last)
  }
  return { planned: state.planned, files: [...new Set(state.slow)] }
}

/** Tests that take longer than this without a mutant are kept for what the others leave alive. */
const quick_ms = 300

/**
 * Runs the tests of a room against its mutants, in `workers` processes, the quick tests of all files first, and calls `heard`
 * with each message: a verdict has an `id` and an `outcome`. Nothing in the checkout is written. `running` has the
 * processes, for who must end them. Answers the test files with tests that take longer than `longest_ms`.
 */
const campaign = async ({
  room,
  tests = '**',
  texts,
  planned,
  size,
  seed,
  longest_ms,
  most_bytes,
  workers,
  heard,
  running,
}) => {
  const files = testsOf(room, Object.keys(texts)).filter((file) => globbed(tests)(path.relative(room, file)))
  if (files.length === 0) throw new Error(`no test of ${room} under ${tests} reaches these sources`)
  const dir = mkdtempSync(path.join(tmpdir(), 'novation-mutants-'))
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }))
  const left = await Promise.all(
    Array.from({ length: workers }, async (_, i) => {
      const content = { texts, size, seed }
      const pass = (state, shortest_ms, most_ms) => {
        const plan = {
          file: path.join(dir, `plan-${i}.json`),
          content: { ...content, shortest_ms, longest_ms: most_ms },
          most_bytes,
        }
        heard({ files: state.files.length })
        return untilDone(room, plan, state, heard, running)
      }
      const share = planned.filter((_, index) => index % workers === i)
      const rest = await pass({ planned: share, files }, -1, Math.min(quick_ms, longest_ms))
      return longest_ms > quick_ms ? pass(rest, quick_ms, longest_ms) : rest
    }),
  )
  return [...new Set(left.flatMap((each) => each.files))]
}

module.exports = { campaign }
