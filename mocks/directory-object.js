/** What the recipes that are programs take in a create. */
export const type = '#microsoft.graph.directoryObject';

/** Reads the bytes of a body: the object in it, or in a sentence what is wrong with it. */
export function readObject(bytes) {
  let object;
  try {
    // By default it would put a mark in place of bytes that are not UTF-8.
    object = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { fault: 'The body is not one JSON text in UTF-8.' };
  }
  const fault = faultIn(object);
  return fault === undefined ? { object } : { fault };
}

function faultIn(object) {
  if (typeof object !== 'object' || object === null || Array.isArray(object))
    return 'The body is no object.';
  const { id, deletedDateTime } = object;
  // It may be left out: no other is expected (OData JSON 4.5.3).
  if (![undefined, type].includes(object['@odata.type'])) return '@odata.type names another type.';
  if (id !== undefined && (typeof id !== 'string' || id === '')) return 'id is no string.';
  if (!isDate(deletedDateTime)) return 'deletedDateTime is no date with an offset.';
  return undefined;
}

/** Whether an Authorization header holds the token; the scheme's letters do not matter (RFC 9110 §11.1). */
export function holds(token, authorization) {
  return /^bearer /i.test(authorization) && authorization.slice('bearer '.length) === token;
}

/** A DateTimeOffset of a day that exists: Date.parse alone would move 30 February to March, and take 24:00. */
function isDate(text) {
  const form = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):\d\d:\d\d(\.\d{1,12})?(Z|[+-]\d\d:\d\d)$/.exec(
    text,
  );
  if (form === null || Number.isNaN(Date.parse(text))) return false;
  return new Date(`${form[1]}T00:00:00Z`).toISOString().startsWith(form[1]);
}
