import { useState } from 'preact/hooks'
import { signIn } from '../model/session'

/** Asks for a token, where the gateway lets nobody in without one. */
export const SignIn = () => {
  const [token, setToken] = useState('')
  return (
    <main class="signin">
      <h1>Who is there?</h1>
      <p>
        This gateway lets nobody in without a token that is in force.{' '}
        <span class="mono">novation token auditor --tokens=FILE</span> makes one. It is kept for this tab alone.
      </p>
      <form
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault()
          if (token !== '') signIn(token.trim())
        }}
      >
        <input
          type="password"
          aria-label="Token"
          autocomplete="off"
          value={token}
          onInput={(event: InputEvent) => setToken((event.currentTarget as HTMLInputElement).value)}
        />
        <button type="submit">Sign in</button>
      </form>
    </main>
  )
}
