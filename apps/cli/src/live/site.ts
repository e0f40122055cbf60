import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { folder } from '@novation/console'
import type { Site, SiteFile } from '@novation/gateway'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

const fileOf = (path: string): SiteFile => ({
  type: types[extname(path)] ?? 'application/octet-stream',
  body: readFileSync(path),
})

/** The console as it was built: a few files, read once. */
export const readSite = (from: string = folder): Site => ({
  page: fileOf(join(from, 'index.html')),
  files: new Map(
    readdirSync(join(from, 'assets'))
      .sort()
      .map((name) => [`/assets/${name}`, fileOf(join(from, 'assets', name))]),
  ),
})
