import type { Noun } from '../../config/about.ts'
import type { Alike, MapEvent, MapMethod, NeighboursEvent, SurveyEvent } from '../../worker/protocol.ts'
import { formatCount } from '../components/format.ts'

/** What a sample is called and what it is, as far as that is known: “Trouser, never trained on”. */
export function describePoint(survey: SurveyEvent, row: number): string {
  const { labels, heldOut, samples } = survey
  const kind = classNameOf(survey, row)
  return [
    labels[row],
    ...(kind === null || labels[row].startsWith(kind) ? [] : [kind]),
    ...(row >= samples.length - heldOut ? ['never trained on'] : []),
  ].join(', ')
}

/** Null where its class is not known. */
export function classNameOf({ classes, classOf }: SurveyEvent, row: number): string | null {
  return classOf[row] < 0 ? null : classes[classOf[row]]
}

/** What the map shows, for a person who cannot see it. */
export function describeMap(survey: SurveyEvent | null, map: MapEvent | null, sample: Noun): string {
  if (survey === null || map === null) return 'There is no map yet.'
  const classes = survey.classes.length === 0 ? '' : ` of ${survey.classes.length} classes`
  const by = map.method === 'pca' ? 'where they differ most' : 'the most similar ones together'
  return `${formatCount(survey.samples.length)} ${sample.many}${classes} at step ${formatCount(map.step)}, laid out by ${by}. Arrow keys go from one to the next, Enter shows what is most like it.`
}

/** “4 of 5 of the same class” */
export function countSame(survey: SurveyEvent, chosen: number, found: readonly Alike[]): string | null {
  const kind = classOfSample(survey, chosen)
  if (kind === null) return null
  const same = found.filter(({ sample }) => classOfSample(survey, sample) === kind).length
  return `${same} of ${found.length} of the same class`
}

/** What was found, for a person who cannot see it. */
export function describeNeighbours(survey: SurveyEvent, { sample, learnt, raw }: NeighboursEvent): string {
  const name = describePoint(survey, survey.samples.indexOf(sample))
  const list = (found: readonly Alike[]) =>
    found.map((one) => classOfSample(survey, one.sample) ?? one.label).join(', ')
  return `Most like ${name}: by representation ${list(learnt)}; by raw input ${list(raw)}.`
}

/** The name of a sample's class; null where that is not known, or where it was not surveyed. */
export function classOfSample(survey: SurveyEvent, sample: number): string | null {
  const row = survey.samples.indexOf(sample)
  return row < 0 ? null : classNameOf(survey, row)
}

/** How to read the map, and of which step it is: much that looks learnt is there before the first. */
export function captionOf(method: MapMethod, map: MapEvent | null): string {
  if (map === null) return CAPTIONS[method]
  const when = map.step === 0 ? 'This is the random start' : `This is after step ${formatCount(map.step)}`
  return `${CAPTIONS[method]} ${when}.`
}

const CAPTIONS: Readonly<Record<MapMethod, string>> = {
  pca: 'Each point is a sample, seen from where the representation spreads most. Classes that come apart do so without any label; what overlaps in these two dimensions may be apart in the others.',
  umap: 'Each point is a sample, laid out so that those that are alike come together. Trust who is beside whom; how large groups are, and how far apart, says little.',
}
