// Loaded before a process under measurement: leaves its CPU time where NOVATION_BENCH_USAGE says, when it ends.
const { writeFileSync } = require('node:fs')

process.on('exit', () => writeFileSync(process.env.NOVATION_BENCH_USAGE, JSON.stringify(process.cpuUsage())))
