import type { Bug } from './bug'

export const bugs: readonly Bug[] = []
export const bugNamed = (name: string): Bug | undefined => bugs.find((bug) => bug.name === name)
export const bugTable = async (_: (line: string) => void): Promise<number> => 0
