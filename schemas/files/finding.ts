/** What is special about a finding, for whoever looks for its cause. */
export type FindingKind = 'no-route' | 'no-response' | 'accepted' | 'routes-differ';

/** Where in an exchange a finding lies, for whoever marks it; of a header or a property also its name. */
export type Where = Readonly<{
  part: 'status' | 'header' | 'body' | 'connection';
  header?: string;
  property?: string;
}>;

/** What a check found wrong; where, only if its rule says another place. */
export type Finding = Partial<Where> &
  Readonly<{
    status?: number;
    kind?: FindingKind;
    /** The finding that this one only repeats. */
    cause?: { readonly requirement: string; readonly received: string };
    /** Stable, without ids and dates: declared deviations are compared with it. */
    received: string;
    /** The same for a reader, where that is clearer. */
    told?: string;
    /** What differs from request to request. */
    detail?: string;
    /** What the target does wrong, where that says more than the received text. */
    wrong?: string;
  }>;
