import { useEffect, useState } from 'react'

const MS_BETWEEN = 20_000

/** Milliseconds of `Date.now()`, of late. */
export function useNow(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MS_BETWEEN)
    return () => clearInterval(timer)
  }, [])
  return now
}
