import { afterEach, expect, test, vi } from 'vitest'
import { userEvent } from 'vitest/browser'
import { startRecording } from '../../../src/app/sound/record.ts'
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

const isLetGo = (stream: MediaStream) => stream.getTracks().every(({ readyState }) => readyState === 'ended')

test('what the microphone hears becomes a file like any other', async () => {
  const stream = await connectMicrophone()
  const recording = await startRecording()
  await expect.poll(() => recording.level(), { timeout: 10_000 }).toBeGreaterThan(0.9)
  await expect.poll(() => recording.elapsed(), { timeout: 10_000 }).toBeGreaterThan(0.6)
  const file = await recording.stop()
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
  await expect.poll(() => isLetGo(stream)).toBe(true)
})

test('a microphone that is refused is a sentence', async () => {
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValue(new DOMException('', 'NotAllowedError'))
  await expect(startRecording()).rejects.toThrow(/Allow it in the browser’s settings/)
})
