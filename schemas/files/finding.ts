/** What is special about a finding, for whoever looks for its cause: nobody has the route, nothing came back, what should be refused was accepted, or only both routes together show it. */
export type FindingKind = 'no-route' | 'no-response' | 'accepted' | 'routes-differ';

/** Where in an exchange a finding lies, for whoever marks it; of a header also its name. */
export interface Where {
  readonly part: 'status' | 'header' | 'body' | 'connection';
  readonly header?: string;
}
