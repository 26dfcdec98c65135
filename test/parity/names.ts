/** A tensor of the reference's, or some of its rows: what one of our parameters, or a part of it, is called there. */
export interface Part {
  readonly name: string
  /** First row, and the one after the last. */
  readonly rows?: readonly [from: number, to: number]
}

/**
 * Where a parameter of ours is in a golden case: in the student, and in the teacher that is kept apart from it. Parts
 * come one after the other along the first axis.
 */
export interface ReferenceNames {
  readonly student: (name: string) => readonly Part[]
  readonly teacher: (name: string) => readonly Part[]
}

/** How a reference code calls our parameters. The first rule that matches is applied. */
export type Rule = readonly [ours: RegExp, ...theirs: string[]]

/** A name that no rule matches is the same in the reference. */
export function translate(name: string, rules: readonly Rule[]): Part[] {
  return translateIfNamed(name, rules) ?? [{ name }]
}

export function translateIfNamed(name: string, rules: readonly Rule[]): Part[] | undefined {
  const rule = rules.find(([ours]) => ours.test(name))
  if (rule === undefined) return undefined
  const [ours, ...theirs] = rule
  return theirs.map((their) => ({ name: name.replace(ours, their) }))
}

export function prefixed(prefix: string, parts: readonly Part[]): Part[] {
  return parts.map((part) => ({ ...part, name: prefix + part.name }))
}

/**
 * fairseq's Transformer layers for audio and text. Their key projection has a bias that ours lacks: the softmax cancels
 * it, so that its gradient is zero up to rounding, and what Adam makes of that rounding is no algorithm to agree with.
 */
export const FAIRSEQ_LAYERS: readonly Rule[] = [
  [
    /^blocks\.(\d+)\.attention\.qkv\.weight$/,
    'layers.$1.self_attn.q_proj.weight',
    'layers.$1.self_attn.k_proj.weight',
    'layers.$1.self_attn.v_proj.weight',
  ],
  [/^blocks\.(\d+)\.attention\.query\.bias$/, 'layers.$1.self_attn.q_proj.bias'],
  [/^blocks\.(\d+)\.attention\.value\.bias$/, 'layers.$1.self_attn.v_proj.bias'],
  [/^blocks\.(\d+)\.attention\.output\.(.*)$/, 'layers.$1.self_attn.out_proj.$2'],
  [/^blocks\.(\d+)\.norm1\.(.*)$/, 'layers.$1.self_attn_layer_norm.$2'],
  [/^blocks\.(\d+)\.norm2\.(.*)$/, 'layers.$1.final_layer_norm.$2'],
  [/^blocks\.(\d+)\.ffn\.(.*)$/, 'layers.$1.$2'],
]
