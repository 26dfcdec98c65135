/**
 * A seeded source of randomness: sfc32, a small fast counter-based generator that passes PractRand. Its state is four
 * 32-bit words.
 */
export class Random {
  private readonly words: Uint32Array

  private constructor(words: Uint32Array) {
    this.words = words
  }

  /** An independent stream for each pair of seed and name. */
  static stream(seed: number, name: string): Random {
    const words = Uint32Array.of(seed, seed / 2 ** 32, hash(name), 1)
    const random = new Random(words)
    for (let i = 0; i < 16; i++) random.nextWord()
    return random
  }

  /** `[4]`: all that later numbers depend on. */
  get state(): Uint32Array<ArrayBuffer> {
    return Uint32Array.from(this.words)
  }

  /** Goes on from where a stream was. */
  restore(state: Uint32Array): void {
    this.words.set(state)
  }

  /** Uniform in [0, 1), with 32 random bits. */
  uniform(): number {
    return this.nextWord() / 2 ** 32
  }

  /** A whole number, uniform in [low, high], both included. */
  integer(low: number, high: number): number {
    return low + Math.floor(this.uniform() * (high - low + 1))
  }

  /** Normal with mean 0 and standard deviation 1 (Box–Muller). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()))
    return radius * Math.cos(2 * Math.PI * this.uniform())
  }

  /** Shuffles in place (Fisher–Yates). */
  shuffle(items: Uint32Array): void {
    for (let i = items.length - 1; i > 0; i--) {
      const j = this.integer(0, i)
      const held = items[i]
      items[i] = items[j]
      items[j] = held
    }
  }

  /** The whole numbers from 0 to below `count` in a random order. */
  order(count: number): Uint32Array {
    const numbers = Uint32Array.from({ length: count }, (_, i) => i)
    this.shuffle(numbers)
    return numbers
  }

  private nextWord(): number {
    const words = this.words
    const [a, b, c, counter] = words
    const result = (a + b + counter) >>> 0
    words[0] = b ^ (b >>> 9)
    words[1] = c + (c << 3)
    words[2] = ((c << 21) | (c >>> 11)) + result
    words[3] = counter + 1
    return result
  }
}

/** 32-bit FNV-1a. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  return value >>> 0
}
