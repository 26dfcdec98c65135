import type { Letter } from '../store/compared.ts'

/** The letter that a compared run is drawn under. */
export function LetterMark({ letter }: { readonly letter: Letter }) {
  return <span className="bg-well rounded-sm px-1.5 font-semibold">{letter}</span>
}
