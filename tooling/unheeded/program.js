const path = require('node:path')

/**
 * The program of a tsconfig as the compiler sees it, types and all: what `tsc -p` looks at. `fs.readFile` may give other
 * texts for files, and undefined for those that stay. The compiler runs beside; `close` ends it.
 */
const openProgram = async (config, fs) => {
  const api = await import('typescript/unstable/sync')
  const ast = await import('typescript/unstable/ast')
  const root = path.dirname(config)
  const compiler = new api.API({ cwd: root, ...(fs === undefined ? {} : { fs }) })
  const { checker, program } = compiler.updateSnapshot({ openProjects: [config] }).getProject(config)
  const files = program
    .getSourceFileNames()
    .filter((file) => file.startsWith(`${root}/`) && !file.includes('/node_modules/') && !file.endsWith('.d.ts'))
  return { api, ast, root, files: new Set(files), checker, program, close: () => compiler.close() }
}

module.exports = { openProgram }
