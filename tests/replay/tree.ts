/** What of a response matters to a client, in the order in which it reads it. */
export const aspects = ['status', 'media type', 'error code', 'headers', 'body'] as const;
export type Aspect = (typeof aspects)[number];

/** The step from an array to all of its items. */
export const everyItem = 0;
export type Step = string | typeof everyItem;

/** Where something stands in a response: from the aspect down by the names of headers or properties. */
export type Path = readonly [Aspect, ...Step[]];

/** A thing in a response: what kind of thing, in words that hold for any request, and its parts. */
export class Tree {
  /** One; several where it stands for all items of an array. */
  readonly kinds = new Set<string>();
  readonly parts = new Map<Step, Tree>();

  /** The part behind a step, made where there is none. */
  part(step: Step): Tree {
    const part = this.parts.get(step) ?? new Tree();
    this.parts.set(step, part);
    return part;
  }
}

/** One place where two responses differ, and the kind that stands there in each. */
export interface Mismatch {
  readonly path: Path;
  readonly recorded: string;
  readonly replayed: string;
}

/** Where the trees of two responses to the same request differ: the highest place of each difference. */
export function mismatchesOf(recorded: Tree, replayed: Tree): Mismatch[] {
  const at = (aspect: Aspect) =>
    [[aspect], recorded.parts.get(aspect), replayed.parts.get(aspect)] as const;
  const status = compareKinds(...at('status'));
  // With another status the rest belongs to another response: only its code still helps.
  if (status.length > 0) return [...status, ...compareKinds(...at('error code'))];
  return aspects.flatMap((aspect) => compare(...at(aspect)));
}

function compare(path: Path, recorded: Tree | undefined, replayed: Tree | undefined): Mismatch[] {
  // A media type or a code is missing where the body, or a part of it, is: that is reported there.
  if (['media type', 'error code'].includes(path[0]) && !(recorded && replayed)) return [];
  const own = compareKinds(path, recorded, replayed);
  if (own.length > 0) return own;
  const steps = new Set([recorded, replayed].flatMap((tree) => [...(tree?.parts.keys() ?? [])]));
  return [...steps].flatMap((step) =>
    compare([...path, step], recorded?.parts.get(step), replayed?.parts.get(step)),
  );
}

function compareKinds(path: Path, ...trees: (Tree | undefined)[]): Mismatch[] {
  const [recorded = '', replayed = ''] = trees.map((tree) =>
    [...(tree?.kinds ?? ['absent'])].sort().join(' or '),
  );
  return recorded === replayed ? [] : [{ path, recorded, replayed }];
}
