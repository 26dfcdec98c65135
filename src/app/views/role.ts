/**
 * What a view shows of a sample: the sample itself; what the teacher sees of it, with what is hidden from the student
 * marked; what the student sees; what each says of the hidden tokens; and how far apart the two are.
 */
export type Role = 'sample' | 'whole' | 'masked' | 'targets' | 'predictions' | 'difference'

/** How the masked tokens are marked: hatched over, by their outline, or not at all. */
export type Marks = 'hatch' | 'outline' | 'none'

export function marksOf(role: Role): Marks {
  if (role === 'sample') return 'none'
  return role === 'masked' ? 'hatch' : 'outline'
}
