/** The figures that a part of the central picture leads to. */
export const FIGURES = {
  masking: 'Masking',
  attention: 'Attention',
  behind: 'Behind the mask',
  loss: 'Loss',
  ema: 'EMA schedule',
  collapse: 'Collapse',
  learnt: 'What it has learnt',
  map: 'The map',
  teach: 'Teach it something new',
} as const

export type FigureName = keyof typeof FIGURES

export function figureId(name: FigureName): string {
  return `figure-${name}`
}

/** Brings the figure's head into sight, where it stays when a figure above it grows, and moves the focus there. */
export function openFigure(name: FigureName): void {
  const place = document.getElementById(figureId(name))
  place?.scrollIntoView({ block: 'start' })
  place?.focus({ preventScroll: true })
}
