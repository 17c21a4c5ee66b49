/** What the recipes that are programs take in a create. */
export const type = '#microsoft.graph.directoryObject';

/** What is wrong with a body, in a sentence; undefined: nothing. */
export function faultIn(body) {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return 'The body is no object.';
  // It may be left out: no other is expected (OData JSON 4.5.3).
  if (![undefined, type].includes(body['@odata.type'])) return '@odata.type names another type.';
  if (!isDate(body.deletedDateTime)) return 'deletedDateTime is no date with an offset.';
  return undefined;
}

/** Whether an Authorization header holds the token; the scheme's letters do not matter (RFC 9110 §11.1). */
export function holds(token, authorization) {
  return /^bearer /i.test(authorization) && authorization.slice('bearer '.length) === token;
}

/** A DateTimeOffset of a day that exists: Date.parse alone would move 30 February to March. */
function isDate(text) {
  const form = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d:\d\d(\.\d{1,12})?(Z|[+-]\d\d:\d\d)$/.exec(text);
  if (form === null || Number.isNaN(Date.parse(text))) return false;
  return new Date(`${form[1]}T00:00:00Z`).toISOString().startsWith(form[1]);
}
