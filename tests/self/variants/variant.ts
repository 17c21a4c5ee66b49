import type { Defect } from '../support/mock.ts';

/** A server that conforms, though in an unusual way. */
export interface Variant {
  readonly name: string;
  /** The clause that allows it. */
  readonly why: string;
  /** A new way of answering with a state of its own. */
  readonly vary: () => Defect;
  /** The requirements of level `platform` that may speak, sorted; no other may. */
  readonly warnings?: readonly string[];
}

export function variant(
  name: string,
  why: string,
  vary: () => Defect,
  warnings?: readonly string[],
): Variant {
  return { name, why, vary, ...(warnings && { warnings }) };
}
