/** Shows each exchange once, and lets every further verdict that rests on it refer to it. */
export class Anchors {
  readonly #ids = new Map<string, string>();

  /** The id to show it under, or under which it was shown. */
  of(run: string, evidence: string): { id: string; first: boolean } {
    const key = `${run} ${evidence}`;
    const known = this.#ids.get(key);
    const id = known ?? `exchange-${this.#ids.size + 1}`;
    this.#ids.set(key, id);
    return { id, first: known === undefined };
  }
}
