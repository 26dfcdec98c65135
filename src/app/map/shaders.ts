import { OTHERS, SHAPES } from './marks.ts'

/** Colours of the palette. */
export const SLOTS = OTHERS + 1

/** Set in a sample's mark if it was never trained on; the other bits are its slot. */
export const UNSEEN = 0x80

/** A point on its way from its old place to its new one; its shape follows from its slot, as in marks.ts. */
export const VERTEX = `#version 300 es
in vec2 from;
in vec2 to;
in uint mark;
uniform float moved;
uniform float size;
uniform float inset;
uniform int focused;
uniform vec3 palette[${SLOTS}];
flat out vec4 colour;
flat out int shape;
flat out float ring;
void main() {
  int slot = int(mark & 127u);
  ring = mark >= ${UNSEEN}u ? 1.0 : 0.0;
  shape = slot == ${OTHERS} ? 0 : slot % ${SHAPES.length};
  colour = vec4(palette[slot], focused < 0 || focused == slot ? 0.85 : 0.08);
  gl_Position = vec4(inset * mix(from, to, moved), 0.0, 1.0);
  gl_PointSize = size;
}`

/** Signed distance from the shape's edge, inside negative, smoothed over a pixel. An outlined point stands out. */
export const FRAGMENT = `#version 300 es
precision highp float;
flat in vec4 colour;
flat in int shape;
flat in float ring;
uniform float size;
uniform vec4 outline;
uniform vec3 ground;
out vec4 result;
float edge(vec2 p) {
  if (shape == 1) return max(abs(p.x), abs(p.y)) - 0.64;
  if (shape == 2) return max(p.y - 0.6, 0.866 * abs(p.x) - 0.5 * p.y - 0.4);
  if (shape == 3) return (abs(p.x) + abs(p.y) - 0.92) * 0.707;
  return length(p) - 0.74;
}
float inside(float distance) { return clamp(0.5 - distance * size * 0.5, 0.0, 1.0); }
void main() {
  float distance = edge(2.0 * gl_PointCoord - 1.0);
  float rim = outline.a * 0.16;
  float shown = inside(distance + rim);
  float hollow = ring * inside(distance + rim + 0.34);
  vec3 filled = mix(colour.rgb, ground, hollow * outline.a);
  float alpha = colour.a * shown * (1.0 - hollow * (1.0 - outline.a));
  vec4 point = vec4(filled, 1.0) * mix(alpha, shown, outline.a);
  float line = outline.a * inside(distance - 0.06) * (1.0 - shown);
  result = point + vec4(outline.rgb, 1.0) * line;
}`
