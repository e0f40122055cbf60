import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Somebody who signs certificates, for one test. */
export interface Authority {
  /** Its own certificate, as `tlsCAFile` names it. */
  readonly file: string
  /** A key and a certificate for `localhost` and for nothing else. */
  issue(days?: number): { readonly key: string; readonly cert: string }
  remove(): void
}

const openssl = (directory: string, ...words: readonly string[]): void =>
  void execFileSync('openssl', words, { cwd: directory, stdio: 'ignore' })

const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']

/** Makes an authority by openssl, in a folder that is gone when it is removed. */
export const makeAuthority = (): Authority => {
  const directory = mkdtempSync(join(tmpdir(), 'novation-ca-'))
  const path = (name: string) => join(directory, name)
  openssl(directory, 'req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.crt', '-days', '30', '-subj', '/CN=ca')
  return {
    file: path('ca.crt'),
    issue: (days = 30) => {
      writeFileSync(path('extensions'), 'subjectAltName=DNS:localhost\n')
      openssl(directory, 'req', ...newKey, '-keyout', 'node.key', '-out', 'node.csr', '-subj', '/CN=localhost')
      openssl(
        directory,
        ...['x509', '-req', '-in', 'node.csr', '-CA', 'ca.crt', '-CAkey', 'ca.key', '-CAcreateserial'],
        ...['-out', 'node.crt', '-days', String(days), '-extfile', 'extensions'],
      )
      return { key: readFileSync(path('node.key'), 'utf8'), cert: readFileSync(path('node.crt'), 'utf8') }
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  }
}
