import { useId } from 'react'

const PAPER = 'https://arxiv.org/abs/2202.03555'

/** What a person who has never heard of the method needs to know before the picture makes sense. */
export function About() {
  const heading = useId()
  return (
    <section className="plate p-4 text-sm leading-relaxed" aria-labelledby={heading}>
      <h2 id={heading} className="small-caps text-muted mb-3">
        About data2vec
      </h2>
      <p>
        A network learns from images, sound or text without labels, by predicting itself: the same method for
        all three. The teacher turns every patch of an image, every moment of a sound, every piece of a text
        into a list of numbers that depends on the whole; colours stand for these numbers here. The student
        has to guess them for parts that it cannot see, so it must learn what goes with what. As it gets
        better the teacher follows it, and sets better targets.
      </p>
      <p className="text-muted mt-2 text-xs">
        <a href={PAPER} target="_blank" rel="noreferrer" className="underline">
          Baevski et al. 2022
        </a>
        . Everything runs in this browser; your files never leave it. Once loaded, the page works without a
        network, and your browser can install it.{' '}
        <a href="./licences.md" target="_blank" rel="noreferrer" className="underline">
          Licences
        </a>
      </p>
    </section>
  )
}
