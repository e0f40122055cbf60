import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { constantsFile } from './constants'

/** Makes the kernel's table of constants anew. `npm run kernel`. */
writeFileSync(join(__dirname, '../constants.ts'), constantsFile())
