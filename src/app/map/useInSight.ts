import { useEffect, useState, type RefObject } from 'react'

/** Whether some of an element can be seen. */
export function useInSight(element: RefObject<HTMLElement | null>): boolean {
  const [isInSight, setIsInSight] = useState(false)
  useEffect(() => {
    const { current } = element
    if (current === null) return
    const observer = new IntersectionObserver((entries) =>
      setIsInSight(entries.some(({ isIntersecting }) => isIntersecting)),
    )
    observer.observe(current)
    return () => observer.disconnect()
  }, [element])
  return isInSight
}
