import { FRAGMENT, SLOTS, UNSEEN, VERTEX } from './shaders.ts'

/** Part of the canvas that the map's circle takes, so that points at its rim are drawn whole. */
export const INSET = 0.96

/** How points look. */
export interface Look {
  /** `[N]`: the slot of each point in the palette. */
  readonly slots: Uint8Array
  /** The first of those that were never trained on, which are drawn as rings. */
  readonly firstUnseen: number
  /** CSS colours, `#rrggbb`: of each slot, of what a point is outlined with, and of the ground. */
  readonly palette: readonly string[]
  readonly ink: string
  readonly ground: string
  /** The slot whose points stand out from all others; null for none. */
  readonly focused: number | null
  /** Points that are drawn large and last. */
  readonly marked: readonly number[]
  /** Diameter of a point in CSS pixels. */
  readonly size: number
}

/** A marked point is this much larger. */
const MARKED = 2.2

interface Resources {
  readonly program: WebGLProgram
  readonly array: WebGLVertexArrayObject
  readonly from: WebGLBuffer
  readonly to: WebGLBuffer
  readonly marks: WebGLBuffer
}

/** Thousands of points that move smoothly, in one draw call of WebGL 2. Draws only when something has changed. */
export class PointCloud {
  private readonly gl: WebGL2RenderingContext
  private readonly canvas: HTMLCanvasElement
  private resources: Resources | undefined
  private look: Look | undefined
  private from: Float32Array = new Float32Array()
  private to: Float32Array = new Float32Array()
  private begun = 0
  private duration = 0
  private ratio = 1
  private frame: number | undefined

  private constructor(canvas: HTMLCanvasElement, gl: WebGL2RenderingContext) {
    this.canvas = canvas
    this.gl = gl
    canvas.addEventListener('webglcontextlost', this.lose)
    canvas.addEventListener('webglcontextrestored', this.restore)
    this.restore()
  }

  /** Undefined where the browser has no WebGL 2. */
  static on(canvas: HTMLCanvasElement): PointCloud | undefined {
    const gl = canvas.getContext('webgl2', { antialias: false, depth: false, preserveDrawingBuffer: true })
    return gl === null ? undefined : new PointCloud(canvas, gl)
  }

  /**
   * Moves the points from where they are to other places, or puts them there if they are others.
   * @param points `[N, 2]` from −1 to 1, the second axis upwards
   * @param ms how long that takes
   */
  move(points: Float32Array, ms: number): void {
    const now = performance.now()
    const isSame = points.length === this.to.length
    this.from = isSame ? this.placesAt(now) : points
    this.to = points
    this.begun = now
    this.duration = isSame ? ms : 0
    this.fillPlaces()
    this.ask()
  }

  show(look: Look): void {
    const isOther = look.slots !== this.look?.slots || look.firstUnseen !== this.look.firstUnseen
    this.look = look
    if (isOther) this.fillMarks()
    this.ask()
  }

  /** @param width,height in CSS pixels @param ratio device pixels in one of them */
  resize(width: number, height: number, ratio: number): void {
    this.ratio = ratio
    this.canvas.width = Math.round(width * ratio)
    this.canvas.height = Math.round(height * ratio)
    this.ask()
  }

  /** Frees what it made; the canvas can be drawn on again. */
  dispose(): void {
    this.canvas.removeEventListener('webglcontextlost', this.lose)
    this.canvas.removeEventListener('webglcontextrestored', this.restore)
    this.lose()
    const { gl, resources } = this
    if (resources === undefined) return
    gl.deleteProgram(resources.program)
    gl.deleteVertexArray(resources.array)
    for (const buffer of [resources.from, resources.to, resources.marks]) gl.deleteBuffer(buffer)
    this.resources = undefined
  }

  /** A browser takes the GPU away from pages in the background; the default would be never to give it back. */
  private readonly lose = (event?: Event): void => {
    event?.preventDefault()
    if (this.frame !== undefined) cancelAnimationFrame(this.frame)
    this.frame = undefined
  }

  private readonly restore = (): void => {
    this.resources = createResources(this.gl)
    this.fillPlaces()
    this.fillMarks()
    this.ask()
  }

  private fillPlaces(): void {
    const { gl, resources } = this
    if (resources === undefined) return
    gl.bindBuffer(gl.ARRAY_BUFFER, resources.from)
    gl.bufferData(gl.ARRAY_BUFFER, this.from, gl.DYNAMIC_DRAW)
    gl.bindBuffer(gl.ARRAY_BUFFER, resources.to)
    gl.bufferData(gl.ARRAY_BUFFER, this.to, gl.DYNAMIC_DRAW)
  }

  private fillMarks(): void {
    const { gl, resources, look } = this
    if (resources === undefined || look === undefined) return
    const marks = look.slots.map((slot, i) => (i >= look.firstUnseen ? slot | UNSEEN : slot))
    gl.bindBuffer(gl.ARRAY_BUFFER, resources.marks)
    gl.bufferData(gl.ARRAY_BUFFER, marks, gl.STATIC_DRAW)
  }

  /** Draws with the next frame, once. */
  private ask(): void {
    this.frame ??= requestAnimationFrame((now) => {
      this.frame = undefined
      this.draw(now)
      if (this.movedAt(now) < 1) this.ask()
    })
  }

  /** From 0 to 1, slow at its beginning and end. */
  private movedAt(now: number): number {
    if (this.duration === 0) return 1
    const share = Math.min(1, Math.max(0, (now - this.begun) / this.duration))
    return share * share * (3 - 2 * share)
  }

  private placesAt(now: number): Float32Array {
    const moved = this.movedAt(now)
    return this.to.map((to, i) => this.from[i] + moved * (to - this.from[i]))
  }

  private draw(now: number): void {
    const { gl, resources, look, canvas } = this
    const count = this.to.length / 2
    if (resources === undefined || look?.slots.length !== count) return
    const uniform = (name: string) => gl.getUniformLocation(resources.program, name)
    gl.viewport(0, 0, canvas.width, canvas.height)
    gl.clearColor(0, 0, 0, 0)
    gl.clear(gl.COLOR_BUFFER_BIT)
    gl.enable(gl.BLEND)
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
    gl.useProgram(resources.program)
    gl.bindVertexArray(resources.array)
    gl.uniform1f(uniform('moved'), this.movedAt(now))
    gl.uniform1f(uniform('inset'), INSET)
    gl.uniform1f(uniform('size'), look.size * this.ratio)
    gl.uniform1i(uniform('focused'), look.focused ?? -1)
    gl.uniform3fv(uniform('palette'), paletteOf(look.palette))
    gl.uniform3fv(uniform('ground'), channelsOf(look.ground))
    gl.uniform4f(uniform('outline'), 0, 0, 0, 0)
    gl.drawArrays(gl.POINTS, 0, count)
    if (look.marked.length === 0) return
    const [red, green, blue] = channelsOf(look.ink)
    gl.uniform1f(uniform('size'), MARKED * look.size * this.ratio)
    gl.uniform4f(uniform('outline'), red, green, blue, 1)
    for (const point of look.marked) if (point < count) gl.drawArrays(gl.POINTS, point, 1)
  }
}

let drawable: boolean | undefined

/** Whether this browser can draw points at all; tried once, because browsers give a page few contexts. */
export function canDraw(): boolean {
  if (drawable !== undefined) return drawable
  const gl = document.createElement('canvas').getContext('webgl2')
  gl?.getExtension('WEBGL_lose_context')?.loseContext()
  drawable = gl !== null
  return drawable
}

function createResources(gl: WebGL2RenderingContext): Resources | undefined {
  const program = linked(gl)
  if (program === undefined) return undefined
  const array = gl.createVertexArray()
  gl.bindVertexArray(array)
  const attribute = (name: string, point: (location: number) => void) => {
    const buffer = gl.createBuffer()
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer)
    const location = gl.getAttribLocation(program, name)
    gl.enableVertexAttribArray(location)
    point(location)
    return buffer
  }
  const place = (location: number) => gl.vertexAttribPointer(location, 2, gl.FLOAT, false, 0, 0)
  const mark = (location: number) => gl.vertexAttribIPointer(location, 1, gl.UNSIGNED_BYTE, 0, 0)
  return {
    program,
    array,
    from: attribute('from', place),
    to: attribute('to', place),
    marks: attribute('mark', mark),
  }
}

/** Undefined while the context is lost, when nothing can be compiled. */
function linked(gl: WebGL2RenderingContext): WebGLProgram | undefined {
  const program = gl.createProgram()
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type)
    if (shader === null) return undefined
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
    gl.deleteShader(shader) // it goes with its program
  }
  gl.linkProgram(program)
  if (gl.getProgramParameter(program, gl.LINK_STATUS) === true) return program
  if (gl.isContextLost()) return undefined
  throw new Error(`The map's shaders do not compile: ${gl.getProgramInfoLog(program) ?? 'no reason given'}`)
}

function paletteOf(colours: readonly string[]): Float32Array {
  const palette = new Float32Array(3 * SLOTS)
  colours.forEach((colour, slot) => palette.set(channelsOf(colour), 3 * slot))
  return palette
}

/** `#rrggbb` as three numbers from 0 to 1. */
function channelsOf(colour: string): [red: number, green: number, blue: number] {
  const [red, green, blue] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
  return [red, green, blue]
}
