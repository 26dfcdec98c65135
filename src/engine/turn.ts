/**
 * Lets everything that waits in the message queue run, and then goes on. A message rather than a timer, because
 * browsers slow the timers of hidden tabs down, and training must not stop when nobody looks.
 */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}
