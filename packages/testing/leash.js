// Ends a process of a test with the one that started it, however that one went: `node --require packages/testing/leash.js …`
// with an `ipc` channel among its stdio, which closes when its other end is gone.
process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'))
process.channel?.unref()
