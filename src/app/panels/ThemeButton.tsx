import { Moon, Sun } from 'lucide-react'
import { useTheme } from '../store/theme.ts'

export function ThemeButton() {
  const [theme, setTheme] = useTheme()
  const other = theme === 'dark' ? 'light' : 'dark'
  const Icon = theme === 'dark' ? Sun : Moon
  return (
    <button
      type="button"
      aria-label={`Use the ${other} theme`}
      title={`Use the ${other} theme`}
      onClick={() => setTheme(other)}
      className="rounded-plate text-muted hover:bg-well hover:text-ink grid size-9 place-items-center"
    >
      <Icon size="1.125rem" aria-hidden />
    </button>
  )
}
