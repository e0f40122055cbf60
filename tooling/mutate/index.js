const path = require('node:path')
const { readArguments } = require('./arguments')
const { mutate } = require('./mutate')

const say = (line) => process.stderr.write(`${line}\n`)

const main = async () => {
  const { options, error } = readArguments(process.argv.slice(2))
  if (error) {
    say(error)
    return 2
  }
  return mutate(path.join(__dirname, '../..'), options)
}

main().then(
  (code) => {
    process.exitCode = code
  },
  (error) => {
    say(error.message)
    process.exitCode = 1
  },
)
