/** Comes back once every promise that could go on without a timer or the outside world has gone on. */
export const quiet = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
