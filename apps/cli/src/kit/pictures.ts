import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'

/** Where the pictures of the console are kept; `npm run pictures` makes them anew. */
const folder = join(__dirname, '../../../console/pictures')

/** Together they may have so many bytes. */
export const most_bytes = 3 * 1024 * 1024

/** A pixel is another where one of its colours differs by more than this, of 255: a palette of 64 colours moves none so far. */
const same = 40
/** So many of a thousand pixels may be others: less than a letter in every line, more than a smoothed edge. */
export const allowed_permille = 0.5

const isMadeAnew = process.env.NOVATION_PICTURES === 'make'

const colours = async (png: Buffer) => sharp(png).removeAlpha().raw().toBuffer({ resolveWithObject: true })

/** How many of a thousand pixels differ between two pictures; all of them where they are not of one size. */
export const differing_permille = async (one: Buffer, other: Buffer): Promise<number> => {
  const [a, b] = await Promise.all([colours(one), colours(other)])
  if (a.info.width !== b.info.width || a.info.height !== b.info.height) return 1000
  let others = 0
  for (let i = 0; i < a.data.length; i += 3)
    if ([0, 1, 2].some((channel) => Math.abs((a.data[i + channel] ?? 0) - (b.data[i + channel] ?? 0)) > same))
      others += 1
  return (1000 * others * 3) / a.data.length
}

/** What a picture depends on beside the page: the browser, every version of which draws letters a little otherwise, and what was drawn. */
export interface Ground {
  /** Which ledger it is that is drawn. */
  readonly of: 'demo' | 'varied'
  readonly version: string
  /** A digest of the figures that are drawn. */
  readonly figures: string
}

const madeWithOf = ({ of }: Ground): string => join(folder, of === 'demo' ? 'made-with.txt' : `made-with-${of}.txt`)

const written = ({ version, figures }: Ground): string => `${version}, figures ${figures}`

/** Why the pictures that are kept say nothing here, where they do not. */
export const notComparable = (ground: Ground): string | undefined => {
  if (isMadeAnew) return undefined
  const madeWith = madeWithOf(ground)
  const made = existsSync(madeWith) ? readFileSync(madeWith, 'utf8').trim() : 'nothing'
  return made === written(ground) ? undefined : `they were made with ${made}, and here is ${written(ground)}`
}

/** Compares a picture with the one that is kept under this name, or keeps it. Answers how many of a thousand pixels differ. */
const compared = async (name: string, png: Buffer, ground: Ground): Promise<number> => {
  const path = join(folder, `${name}.png`)
  if (!isMadeAnew) return existsSync(path) ? differing_permille(readFileSync(path), png) : 1000
  mkdirSync(folder, { recursive: true })
  writeFileSync(path, await sharp(png).png({ palette: true, colours: 64, dither: 0, effort: 9 }).toBuffer())
  writeFileSync(madeWithOf(ground), `${written(ground)}\n`)
  return differing_permille(readFileSync(path), png)
}

export const keptBytes = (): number =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)

export const widths = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 844 } } as const
const themes = ['light', 'dark'] as const
type Width = keyof typeof widths

/** The picture of a page that changes no more: everything has been asked for, and come, and was drawn. */
export const taken = async (page: Page): Promise<Buffer> => {
  const take = () => page.screenshot({ animations: 'disabled', caret: 'hide' })
  let [before, now] = [await take(), await take()]
  for (let times = 0; times < 20 && !before.equals(now); times += 1) [before, now] = [now, await take()]
  return now
}

/** Pictures of a page in both themes and at both widths that differ from those that are kept, each with by how many of a thousand pixels. */
export const differingFrom = async (
  page: Page,
  name: string,
  ground: Ground,
): Promise<Readonly<Record<string, number>>> => {
  const differing: Record<string, number> = {}
  for (const theme of themes)
    for (const width of Object.keys(widths) as Width[]) {
      await page.emulateMedia({ colorScheme: theme })
      await page.setViewportSize(widths[width])
      const picture = `${name}-${theme}-${width}`
      const differs = await compared(picture, await taken(page), ground)
      if (differs > allowed_permille) differing[picture] = differs
    }
  return differing
}

/** What a test of how a page is drawn is called: that it says nothing where its picture cannot be compared, and why. */
export const drawnAs = (page: string, why: string | undefined): string =>
  `${page} is drawn as it is kept, in both themes and at both widths${why === undefined ? '' : ` (skipped: ${why})`}`
