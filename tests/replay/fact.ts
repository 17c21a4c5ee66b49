/** What of an answer matters to a client, in the order in which it reads it. */
export const aspects = ['status', 'media type', 'error code', 'headers', 'body'] as const;
export type Aspect = (typeof aspects)[number];

/** What an answer tells of one thing, with what changes from call to call put into words. */
export interface Fact {
  readonly aspect: Aspect;
  /** `OData-Version`, `error.code`, `id`: a header or the path of a property; '' for the whole. */
  readonly where: string;
  readonly value: string;
}

export function fact(aspect: Aspect, where: string, value: string): Fact {
  return { aspect, where, value };
}
