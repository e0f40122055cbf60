import { render } from 'preact'
import './style/fonts.css'
import './style/tokens.css'
import './style/page.css'
import './style/shell.css'
import './style/forms.css'
import './style/parts.css'
import './style/tables.css'
import './style/charts.css'
import { App } from './app'
import { begin } from './model/session'
import { applyTheme } from './world'

applyTheme()
const root = document.getElementById('root')
if (root === null) throw new Error('the page has no root')
render(<App />, root)
void begin()
