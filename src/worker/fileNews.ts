import type { FileRemark, FilesEvent, OwnSample } from './protocol.ts'

const MS_BETWEEN_EVENTS = 100

/** Which files it is of, whoever emits it says. */
type Told = Omit<FilesEvent, 'restored'>

/** What there is to say of files that are being added, told at most ten times a second. */
export class FileNews {
  private readonly emit: (event: Told) => void
  private total = 0
  private done = 0
  /** Shares of the files that are partly read. */
  private readonly partly = new Map<object, number>()
  private toldAt = -Infinity
  /** Files that there was no room for, by the limit that they would have broken. */
  private readonly leftOut = new Map<string, string[]>()
  private untold = nothing()

  constructor(emit: (event: Told) => void) {
    this.emit = emit
  }

  /** So many more files are to be read: told at once. */
  expect(files: number): void {
    this.total += files
    this.tell(this.total === this.done)
  }

  added(sample: OwnSample, notices: readonly string[]): void {
    this.untold.added.push(sample)
    this.untold.notices.push(...notices.map((message) => ({ file: sample.file, message })))
  }

  refused(file: string, message: string): void {
    this.untold.refused.push({ file, message })
  }

  /** @param limit in words, such as “5,000 files are held at most under Images” */
  noRoom(file: string, limit: string): void {
    const files = this.leftOut.get(limit)
    if (files === undefined) this.leftOut.set(limit, [file])
    else files.push(file)
  }

  /** @param reading stands for one file @param share of it that has been read, from 0 to 1 */
  progress(reading: object, share: number): void {
    this.partly.set(reading, share)
    this.tellInTime()
  }

  /** Nothing more comes of this file; after the last one, all is told. */
  finished(reading: object): void {
    this.partly.delete(reading)
    this.done += 1
    if (this.done < this.total) this.tellInTime()
    else this.end()
  }

  private end(): void {
    for (const [limit, files] of this.leftOut)
      this.untold.refused.push({
        file: files[0],
        message: leftOutSentence(files, limit),
        ofMore: files.length > 1,
      })
    this.leftOut.clear()
    this.tell(true)
    this.total = 0
    this.done = 0
  }

  private tellInTime(): void {
    if (performance.now() - this.toldAt >= MS_BETWEEN_EVENTS) this.tell(false)
  }

  private tell(finished: boolean): void {
    const partly = [...this.partly.values()].reduce((sum, share) => sum + share, 0)
    this.emit({
      type: 'files',
      done: this.done + partly,
      total: this.total,
      finished,
      ...this.untold,
    })
    this.untold = nothing()
    this.toldAt = performance.now()
  }
}

/** One sentence for all files that there was no room for. */
function leftOutSentence([first, ...others]: readonly string[], limit: string): string {
  const which =
    others.length === 0
      ? `“${first}” was`
      : `“${first}” and ${others.length.toLocaleString('en')} more ${others.length === 1 ? 'file' : 'files'} were`
  return `${which} left out: ${limit}. Remove some first.`
}

function nothing(): { added: OwnSample[]; refused: FileRemark[]; notices: FileRemark[] } {
  return { added: [], refused: [], notices: [] }
}
