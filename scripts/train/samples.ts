import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import decodeWebp, { init } from '@jsquash/webp/decode.js'
import { OggOpusDecoder } from 'ogg-opus-decoder'
import { SAMPLE_RATE } from '../../src/config/audio.ts'
import type { ModalityName } from '../../src/config/modalities.ts'
import type { HeldOut } from '../../src/modalities/classes.ts'
import type { OpenDataset } from '../../src/modalities/modality.ts'
import { kind as audio } from '../../src/modalities/audio/kind.ts'
import { kind as image } from '../../src/modalities/image/kind.ts'
import type { Kind, SetName, Tools } from '../../src/modalities/kind.ts'
import { kind as text } from '../../src/modalities/text/kind.ts'

export const KINDS: Readonly<Record<ModalityName, Kind>> = { image, audio, text }

/** Opens a sample set of the page, in Node. */
export function loadSet(modality: ModalityName, name: SetName, heldOut: HeldOut): Promise<OpenDataset> {
  return KINDS[modality].loadSet(name, TOOLS, heldOut)
}

/** What a browser can do, as far as sample sets need it. */
const TOOLS: Tools = {
  fetchFile: async (path) => new Response(await readFile(join('public', path))),
  decodePixels: async (picture) => {
    await webpReady()
    return (await decodeWebp(await picture.arrayBuffer())).data
  },
  decodeSquare: () => Promise.reject(new Error('Only sample sets are read here.')),
  decodeSound: async (file) => {
    // The rate is an option that its types leave out.
    const decoder = new OggOpusDecoder({ sampleRate: SAMPLE_RATE } as object)
    await decoder.ready
    const { channelData } = await decoder.decodeFile(new Uint8Array(await file.arrayBuffer()))
    decoder.free()
    return Int16Array.from(channelData[0], (value) =>
      Math.max(-32768, Math.min(32767, Math.round(value * 32768))),
    )
  },
}

let ready: Promise<void> | undefined

/** The decoder looks for its program beside the page; Node has it beside the module. */
function webpReady(): Promise<void> {
  ready ??= (async () => {
    const path = createRequire(import.meta.url).resolve('@jsquash/webp/codec/dec/webp_dec.wasm')
    await init(await WebAssembly.compile(await readFile(path)))
  })()
  return ready
}
