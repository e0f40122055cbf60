#!/usr/bin/env node

/**
 * Builds and starts what the Dockerfile describes, without a container engine: a clean copy of what .dockerignore lets in,
 * each command of the build stage in it, then the entry point of the image. What only an engine can do (base images, users,
 * the system's own folders) is named and left out. Needs Node of the image's version, npm and a registry.
 *
 *     node infra/check-image.js        exit 0 where all works, 1 with the step that failed
 */
const { spawn, spawnSync } = require('node:child_process')
const fs = require('node:fs')
const os = require('node:os')
const path = require('node:path')

const context = path.join(__dirname, '..')
const read = (file) => fs.readFileSync(path.join(context, file), 'utf8')

const steps = (text) =>
  text
    .replace(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => /^[A-Z]/.test(line))
    .map((line) => ({ line, word: line.split(' ', 1)[0], rest: line.slice(line.indexOf(' ') + 1).trim() }))

/** A pattern of .dockerignore, of those forms that this one uses. */
const pattern = (glob) => {
  if (/[!?[\]]/.test(glob)) throw new Error(`.dockerignore: this check knows no pattern such as ${glob}`)
  const body = glob.replace(/\./g, '\\.').replace(/\*\*\/|\*/g, (star) => (star === '*' ? '[^/]*' : '(.*/)?'))
  return new RegExp(`^${body}(/|$)`)
}

const copyContext = (to) => {
  const ignored = read('.dockerignore').split('\n').filter(Boolean).map(pattern)
  const isLetIn = (file) => {
    const name = path.relative(context, file)
    return name === '' || !ignored.some((one) => one.test(name))
  }
  fs.cpSync(context, to, { recursive: true, filter: isLetIn })
}

const run = (command, cwd, env) => {
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], { cwd, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`exit ${status}\n${`${stdout}${stderr}`.split('\n').slice(-30).join('\n')}`)
}

/** What one stage comes to: its folder, its variables, and how it is entered. */
const perform = (stage, { word, rest, line }, built) => {
  const inside = (dir) => path.join(stage.root, path.resolve(stage.cwd, dir))
  switch (word) {
    case 'WORKDIR':
      stage.cwd = rest
      return void fs.mkdirSync(inside('.'), { recursive: true })
    case 'ENV':
      for (const [, name, value] of rest.matchAll(/(\w+)=(\S+)/g)) stage.env[name] = value
      return undefined
    case 'COPY': {
      const [, from, source, target] = /^(?:--from=(\w+) )?(\S+) (\S+)$/.exec(rest) ?? []
      if (from !== undefined)
        return fs.cpSync(path.join(built.get(from).root, source), inside(target), {
          recursive: true,
          verbatimSymlinks: true,
        })
      if (source !== '.') throw new Error('this check copies the whole context only')
      return copyContext(inside(target))
    }
    case 'RUN':
      if (/(^|\s)\/(?!dev\/)/.test(rest)) return 'needs the folders and users of the image'
      return run(rest, inside('.'), { ...process.env, ...stage.env })
    case 'ENTRYPOINT':
    case 'CMD':
      stage[word] = JSON.parse(rest)
      return undefined
    case 'USER':
    case 'VOLUME':
    case 'EXPOSE':
      return 'is for an engine'
    default:
      throw new Error(`this check does not know: ${line}`)
  }
}

/** Starts the image as it would start by itself, on a free port, until it says that it lives; then stops it. */
const live = async ({ root, cwd, env, ENTRYPOINT: [program, ...words], CMD }, scratch) => {
  const own = { NOVATION_HTTP: '127.0.0.1:0', NOVATION_DATA: `${scratch}/data`, NOVATION_LEDGER: `${scratch}/ledger` }
  const options = { cwd: path.join(root, cwd), env: { ...process.env, ...env, ...own } }
  run([program, ...words, 'start', '--help'].join(' '), options.cwd, options.env)
  const child = spawn(program, [...words, ...CMD], { ...options, stdio: ['pipe', 'ignore', 'pipe'] })
  const leave = () => child.kill('SIGKILL')
  process.once('exit', leave)
  const ended = new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)))
  let log = ''
  const url = await new Promise((resolve, reject) => {
    child.stderr.on('data', (bytes) => {
      log += bytes
      const [, found] = /"url":"(http:[^"]+)"/.exec(log) ?? []
      if (found !== undefined) resolve(found)
    })
    void ended.then((code) => reject(new Error(`it ended with ${code}:\n${log}`)))
  })
  const { status } = await fetch(`${url}/livez`)
  child.kill('SIGTERM')
  const code = await ended
  process.off('exit', leave)
  if (status !== 200 || code !== 0)
    throw new Error(`/livez answered ${status}, and SIGTERM ended it with ${code}:\n${log}`)
}

const main = async () => {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'novation-image-'))
  process.once('exit', () => fs.rmSync(scratch, { recursive: true, force: true }))
  const built = new Map()
  let stage
  const did = async (what, work) => {
    const began = Date.now()
    try {
      const left = await work()
      console.log(
        `${left === undefined ? 'ok  ' : 'left'}  ${what}  ${left ?? `${((Date.now() - began) / 1000).toFixed(1)} s`}`,
      )
    } catch (error) {
      console.log(`FAIL  ${what}: ${error.message}`)
      process.exit(1)
    }
  }
  for (const step of steps(read('Dockerfile'))) {
    if (step.word === 'FROM') {
      const [, image, , name = 'image'] = /^(\S+)( AS (\w+))?$/.exec(step.rest) ?? []
      stage = { root: path.join(scratch, name), cwd: '/', env: {}, CMD: [] }
      built.set(name, stage)
      const mine = `node:${process.versions.node.split('.')[0]}-`
      console.log(`from  ${image}${image.startsWith(mine) ? '' : `, and this is ${mine}`}`)
    } else await did(step.line, () => perform(stage, step, built))
  }
  await did('start --help; start; /livez; SIGTERM', () => live(stage, scratch))
}

void main()
