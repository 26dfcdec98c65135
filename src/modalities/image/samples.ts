import type { Config } from '../../config/schema.ts'
import type { Random } from '../../ops/random.ts'
import type { Classes } from '../classes.ts'
import { meanSquare, type Dataset, type Drawing, type Shown } from '../modality.ts'
import { channelsOf, patchIndices, pixelsOf } from './patches.ts'
import { resampler } from './resample.ts'

/** Square pictures of one side, as they come out of a file. */
export interface Pictures {
  readonly side: number
  /** `[side, side, 3]` each, 8-bit RGB. */
  readonly images: readonly Uint8Array[]
  /** What each is called. */
  readonly labels: readonly string[]
  readonly classes?: Classes | undefined
}

/** Every value of a byte, standardised, for each channel. */
type Standardised = readonly Float32Array[]

/**
 * Scales the pictures to `imageSize`, keeps them as bytes in token order (patch by patch, in each channel by channel,
 * row by row), and standardises each channel over those that are trained on when a sample is written.
 * @param settings the run's settings at any time: `flip` is read anew for each sample, the rest once
 */
export function createDataset(pictures: Pictures, settings: () => Config): Dataset {
  const { imageSize: side, patchSize } = settings()
  const tokens = (side / patchSize) ** 2
  const channels = channelsOf(settings())
  const order = patchIndices(channels, side, patchSize)
  const mirrored = mirroredPlaces(order, side)
  const channelAt = Uint8Array.from(order, (place) => Math.floor(place / side ** 2))
  const resample = resampler(pictures.side, side)
  const samples = pictures.images.map((image) => inOrder(resample(image), order, channels))
  const size = samples.length - (pictures.classes?.heldOut ?? 0)
  const { values, bytesOf } = standardise(samples.slice(0, size), channelAt, channels)

  const write = (sample: number, out: Float32Array, offset: number, random: Random | undefined) => {
    const bytes = samples[sample]
    const flipped = random !== undefined && settings().flip && random.uniform() < 0.5
    for (let i = 0; i < bytes.length; i++)
      out[offset + i] = values[channelAt[i]][bytes[flipped ? mirrored[i] : i]]
    return { length: tokens, start: 0 }
  }

  const show = (_: number, { input }: Shown) => {
    const rgba = new Uint8ClampedArray(side * side * 4).fill(255)
    for (let i = 0; i < order.length; i++) {
      const value = bytesOf(input[i], channelAt[i])
      const pixel = order[i] % side ** 2
      if (channels === 1) rgba.fill(value, pixel * 4, pixel * 4 + 3)
      else rgba[pixel * 4 + channelAt[i]] = value
    }
    return { kind: 'picture', side, rgba } as const
  }

  const cells = rawCells(order, side)
  const raw = (sample: number) => {
    const pixels = new Float32Array(order.length)
    write(sample, pixels, 0, undefined)
    return meansOf(pixels, cells)
  }

  const drawing: Drawing = {
    numbers: pixelsOf(settings()),
    numbersOf: (input) => input,
    errorOf: meanSquare,
    show: (sample, { written, numbers }) => show(sample, { written, input: numbers, seen: undefined }),
  }

  const label = (sample: number) => pictures.labels[sample]
  return {
    size,
    get classes() {
      return pictures.classes
    },
    label,
    write,
    show,
    raw,
    drawing,
  }
}

/** One image `[S, S, 3]` as bytes in token order; grey is the luma of Rec. 601. */
function inOrder(image: Uint8Array, order: Uint32Array, channels: 1 | 3): Uint8Array {
  const pixels = image.length / 3
  const bytes = new Uint8Array(order.length)
  for (let i = 0; i < order.length; i++) {
    const pixel = (order[i] % pixels) * 3
    bytes[i] =
      channels === 1
        ? Math.round(0.299 * image[pixel] + 0.587 * image[pixel + 1] + 0.114 * image[pixel + 2])
        : image[pixel + Math.floor(order[i] / pixels)]
  }
  return bytes
}

/** Raw pixels are compared at this side at most: finer ones say no more, and cost a classifier the square of it. */
const MOST_RAW = 28

/** The cell of a coarser picture that each value of token order lies in. */
function rawCells(order: Uint32Array, side: number): Uint32Array {
  const scale = Math.ceil(side / MOST_RAW)
  const cellSide = Math.ceil(side / scale)
  return order.map((place) => {
    const channel = Math.floor(place / side ** 2)
    const y = Math.floor((place % side ** 2) / side)
    return channel * cellSide ** 2 + Math.floor(y / scale) * cellSide + Math.floor((place % side) / scale)
  })
}

/** The mean of the values in each cell. */
function meansOf(values: Float32Array, cells: Uint32Array): Float32Array {
  const count = 1 + cells.reduce((most, cell) => Math.max(most, cell), 0)
  const sums = new Float32Array(count)
  const members = new Float32Array(count)
  values.forEach((value, i) => {
    sums[cells[i]] += value
    members[cells[i]]++
  })
  return sums.map((sum, cell) => sum / members[cell])
}

/** Where in token order the value stands that a mirrored image has at each place of token order. */
function mirroredPlaces(order: Uint32Array, side: number): Uint32Array {
  const tokenPlace = new Uint32Array(order.length)
  order.forEach((place, i) => (tokenPlace[place] = i))
  return order.map((place) => {
    const x = place % side
    return tokenPlace[place - x + (side - 1 - x)]
  })
}

function standardise(samples: readonly Uint8Array[], channelAt: Uint8Array, channels: number) {
  const histograms = Array.from({ length: channels }, () => new Float64Array(256))
  for (const bytes of samples) for (let i = 0; i < bytes.length; i++) histograms[channelAt[i]][bytes[i]]++
  const statistics = histograms.map(momentsOf)
  const values: Standardised = statistics.map(({ mean, std }) =>
    Float32Array.from({ length: 256 }, (_, byte) => (byte - mean) / std),
  )
  const bytesOf = (value: number, channel: number) =>
    value * statistics[channel].std + statistics[channel].mean
  return { values, bytesOf }
}

/** A channel of a single value has no spread; it is left at zero rather than blown up. */
function momentsOf(histogram: Float64Array): { mean: number; std: number } {
  const count = histogram.reduce((sum, times) => sum + times, 0)
  const mean = histogram.reduce((sum, times, byte) => sum + times * byte, 0) / count
  const variance = histogram.reduce((sum, times, byte) => sum + times * (byte - mean) ** 2, 0) / count
  return { mean, std: Math.sqrt(variance) || 1 }
}
