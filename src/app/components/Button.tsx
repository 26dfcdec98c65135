import type { ComponentProps } from 'react'

const LOOKS = {
  primary:
    'bg-ink text-page hover:opacity-85 disabled:bg-well disabled:text-muted disabled:opacity-100 border-transparent',
  plain: 'bg-surface text-ink border-rule hover:bg-well disabled:text-muted disabled:hover:bg-surface',
  quiet: 'bg-transparent text-muted border-transparent hover:bg-well hover:text-ink',
} as const

const SIZES = {
  normal: 'min-h-9 px-3 py-1 text-sm',
  small: 'min-h-7 px-2 py-1 text-xs leading-tight',
} as const

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: keyof typeof LOOKS
  readonly size?: keyof typeof SIZES
}

export function Button({ look = 'plain', size = 'normal', className = '', ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={`rounded-plate inline-flex items-center justify-center gap-1.5 border font-medium transition-colors disabled:cursor-not-allowed ${LOOKS[look]} ${SIZES[size]} ${className}`}
      {...rest}
    />
  )
}
