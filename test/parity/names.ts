/** How the two reference codes call our parameters. The first rule that matches is applied. */
type Rule = readonly [ours: RegExp, theirs: string]

const BLOCK: readonly Rule[] = [
  [/^(.*)attention\.qkv\.weight$/, '$1attn.qkv.weight'],
  [/^(.*)attention\.query\.bias$/, '$1attn.q_bias'],
  [/^(.*)attention\.value\.bias$/, '$1attn.v_bias'],
  [/^(.*)attention\.output\.(.*)$/, '$1attn.proj.$2'],
  [/^(.*)scale([12])$/, '$1gamma_$2'],
]

const BEIT: readonly Rule[] = [
  [/^patch_embed\.(.*)$/, 'patch_embed.proj.$1'],
  [/^relative_position\.table$/, 'rel_pos_bias.relative_position_bias_table'],
  [/^head\.(.*)$/, 'lm_head.$1'],
  [/^(.*)ffn\.(.*)$/, '$1mlp.$2'],
  ...BLOCK,
]

const FAIRSEQ_ENCODER: readonly Rule[] = [
  [/^relative_position\.table$/, 'rel_pos_bias.relative_position_bias_table'],
  [/^(.*)ffn\.fc1\.(.*)$/, '$1mlp.0.$2'],
  [/^(.*)ffn\.fc2\.(.*)$/, '$1mlp.2.$2'],
  ...BLOCK,
]

const FAIRSEQ_OUTSIDE: readonly Rule[] = [
  [/^patch_embed\.(.*)$/, 'patch_embed.conv.$1'],
  [/^(mask|cls)_token$/, '$1_emb'],
]

/** The names of a parameter in a golden case: in the student, and in the teacher that is kept apart from it. */
export interface ReferenceNames {
  readonly student: (name: string) => string
  readonly teacher: (name: string) => string
}

export const beitNames: ReferenceNames = {
  student: (name) => translate(name, BEIT) ?? name,
  teacher: (name) => translate(name, BEIT) ?? name,
}

export const fairseqNames: ReferenceNames = {
  student: (name) => translate(name, FAIRSEQ_OUTSIDE) ?? `encoder.${fairseqNames.teacher(name)}`,
  teacher: (name) => translate(name, FAIRSEQ_ENCODER) ?? name,
}

function translate(name: string, rules: readonly Rule[]): string | undefined {
  const rule = rules.find(([ours]) => ours.test(name))
  return rule && name.replace(...rule)
}
