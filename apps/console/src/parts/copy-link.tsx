import { useEffect, useState } from 'preact/hooks'
import { addressOf, moved } from '../model/place'
import { place, revision } from '../model/session'
import { copy, origin } from '../world'

/** Copies an address that shows somebody else this page at this moment. */
export const CopyLink = () => {
  const [copied, setCopied] = useState<string>()
  const here = place.value
  const link = here === undefined ? undefined : addressOf(moved(here, revision.value))
  useEffect(() => setCopied(undefined), [link])
  if (link === undefined) return null
  return (
    <button type="button" onClick={() => void copy(origin() + link).then(() => setCopied(link))}>
      {copied === link ? 'Copied' : 'Copy link'}
    </button>
  )
}
