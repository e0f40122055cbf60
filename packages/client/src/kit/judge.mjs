import { readFileSync } from 'node:fs'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'

/** What publint and are-the-types-wrong find in a package: `node judge.mjs FOLDER TARBALL`. */
const [folder, tarball] = process.argv.slice(2)
const { messages } = await publint({ pkgDir: folder, strict: true, pack: false })
const { problems = [] } = await checkPackage(createPackageFromTarballData(new Uint8Array(readFileSync(tarball))))
process.stdout.write(JSON.stringify({ publint: messages, types: problems }))
