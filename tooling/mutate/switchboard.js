const noSteps = Number.POSITIVE_INFINITY

/**
 * The switch behind every mutant: which one runs, which were reached since `watch`, and how many steps that took. Whoever
 * goes on far past the steps that a test needs without a mutant is in a loop without end, and is thrown out of it.
 */
const switchboard = (size) => {
  let active = -1
  let reached = new Uint8Array(size)
  let steps = 0
  let limit = noSteps
  return {
    isOn: (id) => {
      reached[id] = 1
      steps += 1
      if (steps > limit) throw new Error('this mutant goes on for ever')
      return id === active
    },
    watch: (id, most = noSteps) => {
      active = id
      limit = most
      steps = 0
      reached = new Uint8Array(size)
    },
    seen: () => ({ reached, steps, isEndless: steps > limit }),
  }
}

module.exports = { switchboard }
