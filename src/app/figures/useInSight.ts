import { useEffect, useState, type RefObject } from 'react'

/** How far below the edge of the page a figure begins to be prepared. */
const AHEAD = '25%'

/** Whether any of an element can be seen, or soon could. */
export function useInSight(element: RefObject<Element | null>): boolean {
  const [inSight, setInSight] = useState(false)
  useEffect(() => {
    if (element.current === null) return
    const observer = new IntersectionObserver(
      (entries) => setInSight(entries[entries.length - 1].isIntersecting),
      { rootMargin: AHEAD },
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element])
  return inSight
}
