/** What the page meets outside itself: time, its address, and what was kept from before. */
export const now = (): number => Date.now()

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export const newId = (): string => crypto.randomUUID()

export const address = (): { readonly path: string; readonly query: string } => ({
  path: window.location.pathname,
  query: window.location.search,
})

export const origin = (): string => window.location.origin

/** Shows an address without leaving the page: as a new step that Back returns from, or in the place of this one. */
export const show = (url: string, how: 'step' | 'instead'): void => {
  if (how === 'step') window.history.pushState(null, '', url)
  else window.history.replaceState(null, '', url)
}

export const onBack = (hears: () => void): void => window.addEventListener('popstate', hears)

/** Hears every key that is pressed; what comes back stops that. */
export const onKey = (hears: (event: KeyboardEvent) => void): (() => void) => {
  window.addEventListener('keydown', hears)
  return () => window.removeEventListener('keydown', hears)
}

/** A token that a link brought along behind `#`, which no server and no log sees; it is dropped from the address at once. */
export const takeToken = (): string | undefined => {
  const token = /^#(novation_\S+)$/.exec(window.location.hash)?.[1]
  if (token !== undefined) show(window.location.pathname + window.location.search, 'instead')
  return token
}

const theme = 'novation-theme'
export type Theme = 'light' | 'dark'

/** The theme that was chosen; the system's where none was. */
export const chosenTheme = (): Theme | undefined => {
  const word = localStorage.getItem(theme)
  return word === 'light' || word === 'dark' ? word : undefined
}

export const chooseTheme = (chosen: Theme | undefined): void => {
  if (chosen === undefined) localStorage.removeItem(theme)
  else localStorage.setItem(theme, chosen)
  applyTheme()
}

export const applyTheme = (): void => {
  const chosen = chosenTheme()
  if (chosen === undefined) delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = chosen
}

/** Saves a text as a file. */
export const save = (name: string, text: string): void => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}

export const copy = (text: string): Promise<void> => navigator.clipboard.writeText(text)

/** A program beside the page. */
export interface Thread<Asked> {
  readonly ask: (asked: Asked) => void
  readonly end: () => void
}

interface Policies {
  readonly createPolicy: (
    name: string,
    rules: { readonly createScriptURL: (url: string) => string },
  ) => { readonly createScriptURL: (url: string) => string }
}

const isOwn = (url: string): boolean => new URL(url, window.location.href).origin === window.location.origin

/** The page's policy takes no text for the address of a program: only what this says is one, and that is of the page's own. */
const programs = (window as { readonly trustedTypes?: Policies }).trustedTypes?.createPolicy('programs', {
  createScriptURL: (url) => {
    if (!isOwn(url)) throw new TypeError(`${url} is not of this page`)
    return url
  },
})

/** Starts a program of the page's own beside it, and hears what it tells, or that it failed. */
export const startThread = <Asked, Heard>(
  url: string,
  hears: (heard: Heard) => void,
  fails: (why: string) => void,
): Thread<Asked> => {
  const worker = new Worker(programs?.createScriptURL(url) ?? url, { type: 'module' })
  worker.addEventListener('message', ({ data }: MessageEvent<Heard>) => hears(data))
  worker.addEventListener('error', ({ message }) =>
    fails(message === '' ? 'its program could not be started' : message),
  )
  return { ask: (asked) => worker.postMessage(asked), end: () => worker.terminate() }
}
