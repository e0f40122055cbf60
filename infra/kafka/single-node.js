#!/usr/bin/env node

/**
 * A real Apache Kafka of one node, for tests and benchmarks: on loopback, on free ports, gone with the process that
 * started it. Needs Java 17; Maven the first time, to fetch the jars of pom.xml into a cache outside the repository.
 *
 *     node infra/kafka/single-node.js [port]      runs until it is interrupted
 */
const { execFile, spawn } = require('node:child_process')
const { createHash, randomBytes } = require('node:crypto')
const fs = require('node:fs')
const net = require('node:net')
const os = require('node:os')
const path = require('node:path')
const { promisify } = require('node:util')

const run = promisify(execFile)
const pom = path.join(__dirname, 'pom.xml')
const template = path.join(__dirname, 'server.properties')
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Java, or Maven and the jars, are not to be had here: a test that needs them is skipped, not failed. */
class NotAvailable extends Error {
  name = 'NotAvailable'
}

const cacheDir = () => {
  const base = process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache')
  const version = createHash('sha256').update(fs.readFileSync(pom)).digest('hex').slice(0, 12)
  return path.join(base, 'novation', `kafka-${version}`)
}

const need = async (command, args, what) => {
  try {
    return await run(command, args, { maxBuffer: 1 << 26 })
  } catch (error) {
    const said = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim().split('\n').slice(0, 3).join(' ')
    throw new NotAvailable(
      `${what}: ${error.code === 'ENOENT' ? `${command} is not installed` : said || error.message}`,
    )
  }
}

/** The folder with the jars, fetched if this version of pom.xml has not been; throws NotAvailable. */
const resolveJars = async () => {
  const java = await need('java', ['-version'], 'Kafka runs on Java')
  const [, major] = /version "(\d+)/.exec(java.stderr) ?? []
  if (Number(major) < 17) throw new NotAvailable(`Kafka runs on Java 17 or newer; this is Java ${major}`)
  const jars = cacheDir()
  if (fs.existsSync(jars)) return jars
  fs.mkdirSync(path.dirname(jars), { recursive: true })
  const fetched = fs.mkdtempSync(`${jars}-`)
  try {
    // Two processes may fetch at once: each into a folder of its own, and the first to finish gives it the name.
    const goal = 'org.apache.maven.plugins:maven-dependency-plugin:2.8:copy-dependencies'
    await need('mvn', ['-B', '-q', '-f', pom, goal, `-DoutputDirectory=${fetched}`], 'Maven fetches the jars of Kafka')
    fs.renameSync(fetched, jars)
  } catch (error) {
    fs.rmSync(fetched, { recursive: true, force: true })
    if (!fs.existsSync(jars)) throw error
  }
  return jars
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = net.createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

/** ApiVersions v0 without a client id: a broker that answers it takes requests. */
const probe = Buffer.from([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 255, 255])

const answers = (port) =>
  new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port, timeout: 1000 }, () => socket.write(probe))
    const end = (result) => {
      socket.destroy()
      resolve(result)
    }
    socket.once('data', () => end(true))
    socket.once('error', () => end(false))
    socket.once('close', () => end(false))
    socket.once('timeout', () => end(false))
  })

/**
 * Java under a shell that outlives no one: when this process is gone, however it went, the pipe on descriptor 3 closes
 * and the shell kills Java. The process group is the shell's own, so that one kill reaches both.
 */
const guarded = `
trap : TERM
java "$@" 3<&- &
java=$!
(read -r _ <&3; kill -9 $java) 2>/dev/null &
guard=$!
while kill -0 $java 2>/dev/null; do wait $java; done
kill -9 $guard 2>/dev/null
`

/** More listeners than the open one, as the file of properties names them; each under `localhost`, for which there are certificates. */
const told = (listeners) => ({
  boundTo: listeners.map(({ name, port }) => `,${name}://127.0.0.1:${port}`).join(''),
  advertised: listeners.map(({ name, port }) => `,${name}://localhost:${port}`).join(''),
  protocols: listeners.map(({ name, protocol }) => `,${name}:${protocol}`).join(''),
})

/**
 * A node that is stopped as yet, on a data directory and ports that stay its own through every restart. `listeners` are beside the
 * open one, each `{ name, protocol }`; `properties` are lines for them, `format` words for the first time, such as who is known.
 */
const singleNode = async ({
  port,
  dataDir,
  start_ms = 60_000,
  listeners: wanted = [],
  properties: lines = [],
  format = [],
} = {}) => {
  const jars = await resolveJars()
  const brokerPort = port ?? (await freePort())
  const controllerPort = await freePort()
  const listeners = []
  for (const each of wanted) listeners.push({ ...each, port: await freePort() })
  const own = dataDir === undefined
  const home = dataDir ?? fs.mkdtempSync(path.join(os.tmpdir(), 'kafka-single-node-'))
  const properties = path.join(home, 'server.properties')
  const logFile = path.join(home, 'server.log')
  const values = { port: brokerPort, controllerPort, dataDir: home, ...told(listeners), properties: lines.join('\n') }
  const classPath = path.join(jars, '*')
  let shell
  let exited = Promise.resolve()
  let ending = false

  const lastLines = () => fs.readFileSync(logFile, 'utf8').split('\n').slice(-20).join('\n')

  const signal = (name) => {
    try {
      if (shell !== undefined) process.kill(-shell.pid, name)
    } catch (error) {
      if (error.code !== 'ESRCH') throw error
    }
  }

  const start = async () => {
    fs.mkdirSync(home, { recursive: true })
    fs.writeFileSync(
      properties,
      fs.readFileSync(template, 'utf8').replace(/\{(\w+)\}/g, (_, name) => String(values[name])),
    )
    if (!fs.existsSync(path.join(home, 'log', 'meta.properties'))) {
      // One in 64 ids begins with a dash: joined to its flag, it is not taken for another.
      const id = `--cluster-id=${randomBytes(16).toString('base64url')}`
      await run('java', ['-cp', classPath, 'kafka.tools.StorageTool', 'format', id, '-c', properties, ...format])
    }
    const log = fs.openSync(logFile, 'a')
    const java = ['-Xmx512m', '-XX:TieredStopAtLevel=1', '-cp', classPath, 'kafka.Kafka', properties]
    shell = spawn('sh', ['-c', guarded, 'sh', ...java], { stdio: ['ignore', log, log, 'pipe'], detached: true })
    fs.closeSync(log)
    let running = true
    let answered = false
    ending = false
    const guard = shell.stdio[3]
    exited = new Promise((resolve) => {
      shell.once('exit', () => {
        running = false
        guard.destroy()
        if (answered && !ending) process.stderr.write(`Kafka ended by itself; its last lines:\n${lastLines()}\n`)
        resolve()
      })
    })
    const end = Date.now() + start_ms
    while (!(await answers(brokerPort))) {
      if (!running || Date.now() > end) {
        await kill()
        throw new Error(`Kafka did not start within ${start_ms} ms; the end of ${logFile}:\n${lastLines()}`)
      }
      await sleep(50)
    }
    answered = true
  }

  /** Ends at once, as a crash would. */
  const kill = async () => {
    ending = true
    signal('SIGKILL')
    await exited
  }

  /** Ends in good order; after `limit_ms` by force. */
  const stop = async (limit_ms = 20_000) => {
    ending = true
    signal('SIGTERM')
    const timer = setTimeout(() => signal('SIGKILL'), limit_ms)
    await exited
    clearTimeout(timer)
  }

  return {
    bootstrap: `127.0.0.1:${brokerPort}`,
    /** Where each of the other listeners is reached. */
    at: Object.fromEntries(listeners.map(({ name, port: own }) => [name, `localhost:${own}`])),
    dataDir: home,
    logFile,
    start,
    stop,
    kill,
    /** Holds the node still: it keeps its connections and answers nothing. */
    freeze: () => signal('SIGSTOP'),
    thaw: () => signal('SIGCONT'),
    /** Ends at once, and removes the data unless the folder was given. */
    async discard() {
      await kill()
      if (own) fs.rmSync(home, { recursive: true, force: true })
    },
  }
}

module.exports = { NotAvailable, resolveJars, singleNode }

const main = async () => {
  const node = await singleNode(process.argv[2] === undefined ? {} : { port: Number(process.argv[2]) })
  await node.start()
  console.error(`Kafka answers at ${node.bootstrap}; its log is ${node.logFile}`)
  console.log(node.bootstrap)
  let stopping = false
  for (const name of ['SIGINT', 'SIGTERM'])
    process.on(name, async () => {
      if (stopping) return
      stopping = true
      await node.stop()
      await node.discard()
      process.exit(0)
    })
}

if (require.main === module)
  main().catch((error) => {
    console.error(error.message)
    process.exit(error instanceof NotAvailable ? 5 : 1)
  })
