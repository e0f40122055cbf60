const usage = `usage: npm run mutate -- --room=NAME [options]

  --room=NAME        a folder of packages, services or apps
  --path=GLOB        only these sources, from the room's src: verify/**, auction.ts
  --tests=GLOB       only these test files: src/verify/*.test.ts
  --line=N           only what begins in this line
  --sample=N         only so many mutants, chosen by the seed
  --seed=S           for the sample and for the properties of fast-check (1)
  --workers=N        processes at once (1)
  --longest=SECONDS  leaves out tests that take longer than this without a mutant (10)
  --memory=MB        what a process and those that it begins may hold, else its mutant counts as hanging (3000)
  --least=PERCENT    ends with 1 where fewer are killed
  --json             the report as JSON`

const numbers = new Set(['line', 'sample', 'seed', 'workers', 'longest', 'memory', 'least'])
const words = new Set(['room', 'path', 'tests'])

/** The options, or an error that says all that is wrong with them. */
const readArguments = (args) => {
  const options = { seed: 1, workers: 1, longest: 10, memory: 3000, json: false }
  const wrong = []
  for (const arg of args) {
    const [, name, value] = /^--([a-z]+)(?:=(.+))?$/.exec(arg) ?? []
    if (name === 'json' && value === undefined) options.json = true
    else if (words.has(name) && value) options[name] = value
    else if (numbers.has(name) && value && Number(value) >= 0) options[name] = Number(value)
    else wrong.push(`"${arg}" is not understood`)
  }
  if (!options.room) wrong.push('--room is missing')
  return wrong.length > 0 ? { error: `${wrong.join('\n')}\n\n${usage}` } : { options }
}

module.exports = { readArguments }
