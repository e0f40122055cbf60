import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { folder } from '@novation/console'
import type { Site, SiteFile } from '@novation/gateway'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

const fileOf = (path: string): SiteFile => ({
  type: types[extname(path)] ?? 'application/octet-stream',
  text: readFileSync(path, 'utf8'),
})

/** The console as it was built: all of it is text, a few files, and read once. */
export const readSite = (from: string = folder): Site => ({
  page: fileOf(join(from, 'index.html')),
  files: new Map(
    readdirSync(join(from, 'assets'))
      .sort()
      .map((name) => [`/assets/${name}`, fileOf(join(from, 'assets', name))]),
  ),
})
