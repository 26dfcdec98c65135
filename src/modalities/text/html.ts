import { parseMarkup, type Hearer } from './markup.ts'
import type { Pause } from './pauses.ts'

/** Elements whose contents a browser does not show as text. */
const UNSEEN = new Set(
  'audio canvas datalist iframe math noscript object script select style svg template textarea title video'.split(
    ' ',
  ),
)

/** Elements that stand in a line with the text around them; all others begin and end a paragraph. */
const INLINE = new Set(
  'a abbr acronym b bdi bdo big br button cite code data del dfn em font i img input ins kbd label mark meter nobr output progress q rb rp rt ruby s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
)

const PARAGRAPH = '\n\n'

/** The text that a browser would show of a page, paragraphs apart by an empty line. */
export async function visibleText(html: string, pause: Pause): Promise<string> {
  const page = new VisibleText()
  await parseMarkup(html, page, {}, pause)
  return page.text
}

/** Hears of elements from the parser, each of which it closes, and gathers what is seen of them. */
class VisibleText implements Hearer {
  depth = 0
  private readonly parts: string[] = []
  private depthUnseen = 0
  private depthPreformatted = 0

  get text(): string {
    return this.parts.join('')
  }

  onreset(): void {
    this.depth = 0
    this.depthUnseen = 0
    this.depthPreformatted = 0
  }

  onopentag(name: string, attributes: Readonly<Record<string, string>>): void {
    this.depth += 1
    if (this.depthUnseen > 0 || isUnseen(name, attributes)) this.depthUnseen += 1
    else if (name === 'br') this.parts.push('\n')
    else if (!INLINE.has(name)) this.parts.push(PARAGRAPH)
    if (name === 'pre') this.depthPreformatted += 1
  }

  onclosetag(name: string): void {
    this.depth -= 1
    if (this.depthUnseen > 0) this.depthUnseen -= 1
    else if (!INLINE.has(name)) this.parts.push(PARAGRAPH)
    if (name === 'pre') this.depthPreformatted -= 1
  }

  ontext(text: string): void {
    if (this.depthUnseen > 0) return
    this.parts.push(this.depthPreformatted > 0 ? text : text.replace(/\s+/g, ' '))
  }
}

function isUnseen(name: string, attributes: Readonly<Record<string, string>>): boolean {
  const { style = '' } = attributes
  return UNSEEN.has(name) || 'hidden' in attributes || /display:\s*none|visibility:\s*hidden/.test(style)
}
