import { visibleText } from './html.ts'
import { parseMarkup, type Hearer } from './markup.ts'
import type { Pause } from './pauses.ts'

/** A text that is HTML itself, as those of feeds are. */
const HTML_WITHIN = /<\/[a-z][a-z\d]*\s*>|<(br|hr|img|p)\b/i

/** The texts between the tags of XML in their order; tags within a text, as those of emphasis, do not part it. */
export async function textsOfXml(xml: string, pause: Pause): Promise<string[]> {
  const found = new XmlTexts()
  await parseMarkup(xml, found, { xmlMode: true }, pause)
  found.endText()
  const texts: string[] = []
  for (const text of found.texts) texts.push(HTML_WITHIN.test(text) ? await visibleText(text, pause) : text)
  return texts
}

/** Hears of elements from the parser, and gathers the texts that stand between them. */
class XmlTexts implements Hearer {
  depth = 0
  readonly texts: string[] = []
  private text = ''
  private sinceTag = ''

  onreset(): void {
    this.depth = 0
  }

  onopentag(): void {
    this.depth += 1
    this.meetTag()
  }

  onclosetag(): void {
    this.depth -= 1
    this.meetTag()
  }

  ontext(text: string): void {
    this.text += text
    this.sinceTag += text
  }

  endText(): void {
    const text = this.text.trim()
    if (text !== '') this.texts.push(text)
    this.text = ''
  }

  /** Between elements there is nothing or a line break; between words of one text, a space at least. */
  private meetTag(): void {
    if (this.sinceTag === '' || (this.sinceTag.includes('\n') && this.sinceTag.trim() === '')) this.endText()
    this.sinceTag = ''
  }
}
