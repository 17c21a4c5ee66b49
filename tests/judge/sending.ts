import type { End, Exchange } from '../../schemas/files/recording.ts';
import type { Collapse, Sending } from '../../schemas/files/report.ts';
import { evidenceOf } from './outcome.ts';

/** How the sending went, counted exchange by exchange. */
export class SendingTally {
  #requests = 0;
  #reached = false;
  /** The exchanges since the last response. */
  #silence: { readonly first: Exchange; count: number; isGone: boolean } | undefined;
  #unreachable: Exchange['failure'];

  add(exchange: Exchange): void {
    const { response, failure } = exchange;
    this.#requests++;
    const isGone = failure?.kind === 'unreachable';
    if (isGone) this.#unreachable ??= failure;
    else this.#reached = true;
    if (response !== undefined || failure === undefined) {
      this.#silence = undefined;
      return;
    }
    this.#silence ??= { first: exchange, count: 0, isGone: false };
    this.#silence.count++;
    this.#silence.isGone ||= isGone;
  }

  /** Why nothing at all was reached; undefined: something was, or nothing was sent. */
  get unreachable(): Exchange['failure'] {
    return this.#reached ? undefined : this.#unreachable;
  }

  /** The exchange with which the target stopped answering, if it did. */
  collapsed({ collapse }: Sending): Exchange | undefined {
    return collapse && this.#silence?.first;
  }

  /** `end`: undefined where the recording has none. */
  sending(end: End | undefined): Sending {
    const { complete = false, ...rest } = end ?? { interrupted: true as const };
    const collapse = this.#collapse(complete);
    return { requests: this.#requests, complete, ...rest, ...(collapse && { collapse }) };
  }

  /** Requests without a response at the end may be their own fault; not where nothing listens any more, or a route fell silent. */
  #collapse(complete: boolean): Collapse | undefined {
    if (!this.#reached || this.#silence === undefined || this.#silence.count < 2) return undefined;
    const { first, isGone } = this.#silence;
    if (complete && !isGone) return undefined;
    return { ...evidenceOf(first), failure: first.failure?.kind ?? 'dropped', isGone };
  }
}
