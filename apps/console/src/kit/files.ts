/** What a page is written with knows of no files; tests run where there are some. */
const files = jest.requireActual<{
  readonly readdirSync: (folder: string) => readonly string[]
  readonly readFileSync: (path: string, encoding: 'utf8') => string
}>('node:fs')

/** By its path in the house. */
const pathOf = (path: string): string => expect.getState().testPath?.replace(/apps\/console\/.*$/, path) ?? path

export const namesIn = (folder: string): readonly string[] => files.readdirSync(pathOf(folder))

export const textIn = (path: string): string => files.readFileSync(pathOf(path), 'utf8')
