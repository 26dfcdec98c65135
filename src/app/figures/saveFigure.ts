import { download } from '../store/download.ts'

export const PICTURE_KINDS = ['png', 'svg'] as const
export type PictureKind = (typeof PICTURE_KINDS)[number]

/** Pixels of a saved picture for each of the page's: sharp on a projector and in print. */
const SCALE = 2

/**
 * Downloads a figure as it stands on the page, but for what only serves to save it. An SVG holds text and lines as such,
 * and the page's own styles: browsers draw it; programs that know no HTML in SVG need the PNG.
 */
export async function saveFigure(figure: HTMLElement, title: string, kind: PictureKind): Promise<void> {
  const { domToBlob, domToForeignObjectSvg } = await import('modern-screenshot')
  const options = {
    scale: SCALE,
    backgroundColor: getComputedStyle(figure).backgroundColor,
    style: { margin: '0' }, // a browser gives figures one
    font: false as const, // the page has no fonts of its own
    filter: (node: Node) => !(node instanceof HTMLElement && 'notSaved' in node.dataset),
    onCloneEachNode: hideSlider,
  }
  const picture =
    kind === 'png'
      ? await domToBlob(figure, options)
      : svgBlob(await domToForeignObjectSvg(figure, { ...options, scale: 1 }))
  download(`data2vec-${title.toLowerCase().replaceAll(' ', '-')}.${kind}`, picture)
}

/** Its value is read beside it, and its track cannot be drawn. It keeps its place, because arrows lead around it. */
function hideSlider(node: Node): void {
  if (node instanceof HTMLInputElement && node.type === 'range') node.style.visibility = 'hidden'
}

function svgBlob(svg: SVGElement): Blob {
  return new Blob([new XMLSerializer().serializeToString(svg)], { type: 'image/svg+xml' })
}
