import { messageOf } from '../../messageOf.ts'
import { Level } from './level.ts'

/** A recording that goes on. */
export interface SoundRecording {
  /** Seconds since it began. */
  readonly elapsed: () => number
  /** How loud it is now, from 0 to 1. */
  readonly level: () => number
  /** Ends it. It also ends by itself, when the microphone is unplugged. */
  readonly stop: () => void
  /** Ends it without a file. */
  readonly cancel: () => void
  /**
   * What was recorded, once it has ended and the microphone has been let go of; undefined if it was cancelled. Rejects
   * with an Error for the person if nothing was recorded.
   */
  readonly file: Promise<File | undefined>
}

let recorded = 0

/**
 * Records from the microphone until it is stopped; the file then goes the way of any other. To be called from a click
 * or a key.
 * @throws an Error for the person if there is no microphone, or none that may be used
 */
export async function startRecording(): Promise<SoundRecording> {
  const stream = await openMicrophone()
  let level: Level | undefined
  try {
    level = new Level(stream)
    return record(stream, level)
  } catch (error) {
    letGo(stream, level)
    throw new Error(notStarted(error), { cause: error })
  }
}

function record(stream: MediaStream, level: Level): SoundRecording {
  const recorder = new MediaRecorder(stream)
  const parts: Blob[] = []
  let cancelled = false
  recorder.ondataavailable = ({ data }) => parts.push(data)
  const ended = new Promise((resolve) => (recorder.onstop = resolve))
  recorder.start()
  const startedAt = performance.now()
  const stop = () => {
    if (recorder.state !== 'inactive') recorder.stop()
  }
  return {
    elapsed: () => (performance.now() - startedAt) / 1000,
    level: () => level.now(),
    stop,
    cancel: () => {
      cancelled = true
      stop()
    },
    file: ended.then(() => {
      letGo(stream, level)
      return cancelled ? undefined : fileOf(parts, recorder.mimeType)
    }),
  }
}

/** Else the browser goes on showing that the page listens. */
function letGo(stream: MediaStream, level: Level | undefined): void {
  for (const track of stream.getTracks()) track.stop()
  level?.close()
}

function notStarted(error: unknown): string {
  return `The recording could not be started (${messageOf(error)}). Record it with another program, and drop the file.`
}

/** Why the microphone cannot be used, as a sentence. */
export function refuseMicrophone(error: unknown): string {
  switch (error instanceof DOMException ? error.name : undefined) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'The browser does not let this page use the microphone. Allow it in the browser’s settings for this page, and press again.'
    case 'NotFoundError':
      return 'No microphone was found. Connect one and press again, or drop a sound file.'
    case 'NotReadableError':
    case 'AbortError':
      return 'The microphone could not be opened; another program may be using it. Close that and press again.'
    default:
      return `The microphone could not be opened (${messageOf(error)}). Drop a sound file instead.`
  }
}

const INSECURE = 'Browsers offer the microphone on secure pages only. Open this page over https.'
const UNSUPPORTED = 'This browser cannot record sound. Record it with another program, and drop the file.'

async function openMicrophone(): Promise<MediaStream> {
  if (!isSecureContext) throw new Error(INSECURE)
  if (typeof MediaRecorder === 'undefined') throw new Error(UNSUPPORTED)
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true })
  } catch (error) {
    throw new Error(refuseMicrophone(error), { cause: error })
  }
}

/** Named as people see it in a list: “Recording 1.webm”. */
function fileOf(parts: readonly Blob[], type: string): File {
  const file = new Blob([...parts], { type })
  if (file.size === 0) throw new Error('Nothing was recorded. Check the microphone and press again.')
  recorded += 1
  return new File([file], `Recording ${recorded}.${extensionOf(type)}`, { type })
}

/** Of a MIME type with its codecs, such as `audio/webm;codecs=opus`. */
function extensionOf(type: string): string {
  const container = /^\w+\/([\w-]+)/.exec(type)?.[1] ?? 'webm'
  return container === 'mp4' ? 'm4a' : container
}
