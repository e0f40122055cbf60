const { readdirSync, readFileSync } = require('node:fs')

const page_bytes = 4096
const look_ms = 500

/** What the processes of a group hold in memory together; 0 where the system has no /proc to tell it. */
const heldBy = (group) => {
  try {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .reduce((sum, id) => sum + heldIn(id, group), 0)
  } catch {
    return 0
  }
}

const heldIn = (id, group) => {
  try {
    // After the name, which may hold anything: state, parent, group, …, and as the 22nd the pages that are resident.
    const fields = readFileSync(`/proc/${id}/stat`, 'latin1')
      .replace(/^.*\) /s, '')
      .split(' ')
    return Number(fields[2]) === group ? Number(fields[21]) * page_bytes : 0
  } catch {
    // It has ended meanwhile.
    return 0
  }
}

/** Ends a process that leads its group, and all that it has begun. */
const end = ({ pid }) => {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

/** Calls `tooMuch` once the group that this process leads holds more than `most_bytes`. Answers how to look no longer. */
const watched = ({ pid }, most_bytes, tooMuch) => {
  const timer = setInterval(() => {
    if (heldBy(pid) > most_bytes) tooMuch()
  }, look_ms)
  return () => clearInterval(timer)
}

module.exports = { end, watched }
