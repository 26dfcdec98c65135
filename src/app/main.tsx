import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { TrainingClient } from '../worker/client.ts'
import { App } from './App.tsx'
import { Guard } from './components/Guard.tsx'
import { followBattery } from './store/battery.ts'
import { followLink } from './store/link.ts'
import { startSession } from './store/session.ts'
import { followInTitle } from './store/tabTitle.ts'
import { restoreTheme } from './store/theme.ts'
import { followVisibility } from './store/visibility.ts'
import './theme.css'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no element with the id “root”.')

restoreTheme()
followLink()
followVisibility()
followInTitle()
void followBattery()
startSession((onEvent) => new TrainingClient(onEvent))
createRoot(root).render(
  <StrictMode>
    <Guard title="data2vec playground">
      <App />
    </Guard>
  </StrictMode>,
)
