import { afterEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { startRecording, type SoundRecording } from '../../../src/app/sound/record.ts'
import { decode, hertzOf, loudnessOf } from './decoded.ts'

afterEach(() => {
  vi.restoreAllMocks()
})

/** A microphone in front of which a tone of 440 Hz sounds. */
async function connectMicrophone(): Promise<MediaStream> {
  await userEvent.click(document.body)
  const context = new AudioContext()
  const oscillator = new OscillatorNode(context, { frequency: 440 })
  const microphone = context.createMediaStreamDestination()
  oscillator.connect(microphone)
  oscillator.start()
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockResolvedValue(microphone.stream)
  return microphone.stream
}

async function fileOf(recording: SoundRecording): Promise<File> {
  const file = await recording.file
  if (file === undefined) throw new Error('the recording was cancelled')
  return file
}

const isLetGo = (stream: MediaStream) => stream.getTracks().every(({ readyState }) => readyState === 'ended')

test('what the microphone hears becomes a file like any other', async () => {
  const stream = await connectMicrophone()
  const recording = await startRecording()
  await expect.poll(() => recording.level(), { timeout: 10_000 }).toBeGreaterThan(0.9)
  await expect.poll(() => recording.elapsed(), { timeout: 10_000 }).toBeGreaterThan(0.6)
  recording.stop()
  const file = await fileOf(recording)
  expect(file.name).toMatch(/^Recording \d+\.webm$/)
  expect(isLetGo(stream)).toBe(true)
  const { samples, refusal } = await decode(file, file.name)
  expect(refusal).toBeUndefined()
  const inner = samples.subarray(3200, 8000)
  expect(loudnessOf(inner)).toBeGreaterThan(0.1)
  expect(hertzOf(inner)).toBeCloseTo(440, -1)
})

test('a recording that is cancelled lets go of the microphone', async () => {
  const stream = await connectMicrophone()
  const recording = await startRecording()
  recording.cancel()
  expect(await recording.file).toBeUndefined()
  expect(isLetGo(stream)).toBe(true)
})

test('a recording whose microphone is unplugged ends by itself, and is kept', async () => {
  const stream = await connectMicrophone()
  const recording = await startRecording()
  await expect.poll(() => recording.elapsed(), { timeout: 10_000 }).toBeGreaterThan(0.6)
  for (const track of stream.getTracks()) track.stop()
  const file = await fileOf(recording)
  const { samples } = await decode(file, file.name)
  expect(samples.length).toBeGreaterThan(0.3 * 16_000)
})

test.each([
  ['start', () => vi.spyOn(MediaRecorder.prototype, 'start')],
  ['hear', () => vi.spyOn(AudioContext.prototype, 'createMediaStreamSource')],
])('a recording that cannot %s lets go of the microphone, and says so in a sentence', async (_, spyOn) => {
  const stream = await connectMicrophone()
  const close = vi.spyOn(AudioContext.prototype, 'close')
  spyOn().mockImplementation(() => {
    throw new DOMException('no encoder', 'NotSupportedError')
  })
  await expect(startRecording()).rejects.toThrow(
    /could not be started \(no encoder\)\. Record it with another/,
  )
  expect(isLetGo(stream)).toBe(true)
  expect(close).toHaveBeenCalledTimes(1)
})

test('a microphone that is refused is a sentence', async () => {
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValue(new DOMException('', 'NotAllowedError'))
  await expect(startRecording()).rejects.toThrow(/Allow it in the browser’s settings/)
})
