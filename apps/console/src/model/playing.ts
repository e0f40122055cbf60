import { signal } from '@preact/signals'
import { pause as rest } from '../world'
import { moved } from './place'
import { type Play, played, playFrom, speeds } from './play'
import { go, goLive, place, revision, telling } from './session'

export const speed = signal<number>(speeds[1])
export const isPlaying = signal(false)

/** How often the moment moves on. */
const tick_ms = 250

/** Stays at the moment that is shown, whatever happens meanwhile. */
export const hold = (): void => {
  isPlaying.value = false
  const here = place.value
  if (here !== undefined) go(moved(here, revision.value), 'instead')
}

const show = ({ revision: at }: Play): void => {
  const here = place.value
  if (here !== undefined && at !== here.at) go(moved(here, at), 'instead')
}

/** Goes on from the moment that is shown at the speed that is set, up to the present; whoever goes elsewhere meanwhile is followed. */
export const play = async (): Promise<void> => {
  if (isPlaying.value) return
  isPlaying.value = true
  let now = playFrom(telling.value, revision.value ?? 0)
  while (isPlaying.value && now !== undefined && place.value?.at !== undefined) {
    await rest(tick_ms)
    if (!isPlaying.value) return
    const rows = telling.value
    const at = revision.value ?? 0
    if (at !== now.revision) now = playFrom(rows, at)
    now = now === undefined ? undefined : played(rows, now, speed.value, tick_ms)
    if (now !== undefined) show(now)
  }
  isPlaying.value = false
  goLive()
}
