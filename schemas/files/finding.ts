/** What is special about a finding, for whoever looks for its cause. */
export type FindingKind = 'no-route' | 'no-response' | 'accepted' | 'routes-differ';

/** What may be left out, or undefined, which is the same. */
export type Optional<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

/** Where in an exchange a finding lies, for whoever marks it; of a header or a property also its name. */
export type Where = Readonly<{ part: 'status' | 'header' | 'body' | 'connection' }> &
  Optional<{ header: string; property: string }>;

/** What a check found wrong; where, only if its rule says another place. */
export type Finding = Optional<
  Where & {
    status: number;
    kind: FindingKind;
    /** The finding that this one only repeats. */
    cause: { readonly requirement: string; readonly received: string };
    /** The received text for a reader, where another one is clearer. */
    told: string;
    /** What differs from request to request. */
    detail: string;
    /** What the target does wrong, where that says more than the received text. */
    wrong: string;
  }
> & {
  /** Stable, without ids and dates: declared deviations are compared with it. */
  readonly received: string;
};
