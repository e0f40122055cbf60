/** A file as it is served. */
export interface SiteFile {
  readonly type: string
  readonly body: string | Buffer
}

/** The console: one page, and the files that it loads, by path. */
export interface Site {
  readonly page: SiteFile
  readonly files: ReadonlyMap<string, SiteFile>
}
