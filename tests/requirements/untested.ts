import type { Untested } from './requirement.ts';

/** What the page says, or contradicts itself in, that no request can decide. */
// biome-ignore format: a row a line
export const untestedStatements: Untested[] = [
  { id: 'permission-delegated', level: 'stated', source: 'page, section "Permissions"', text: 'allows work and school accounts', untested: 'the scopes are "to be determined": which token ought to be allowed is not documented' },
  { id: 'permission-application', level: 'stated', source: 'page, section "Permissions"', text: 'allows applications', untested: 'the scopes are "to be determined": which token ought to be allowed is not documented' },
  { id: 'example-path', level: 'shown', source: 'page, example request', text: 'accepts the example at /me/registeredDevices, without $ref', untested: 'the section "HTTP request" names two routes that end in /$ref; the example contradicts it and yields' },
  { id: 'example-url', level: 'shown', source: 'page, example request', text: 'accepts the example below docs\\api in place of a version', untested: 'a slip of the page: URL parsers turn the backslash into a slash, so it is never sent' },
  { id: 'example-lengths', level: 'shown', source: 'page, example request and response', text: 'has 116 bytes in the example request and 165 in its response', untested: 'the numbers belong to these two bodies with CRLF; the request is sent so, and content-length judges every response by its own bytes' },
  { id: 'example-annotation', level: 'shown', source: 'page, source of the example response', text: 'annotates the response as microsoft.graph.directoryobject, with a lower-case o', untested: 'an annotation of the documentation, not of the response: odata-type judges the response by the body that is shown' },
  { id: 'example-shortened', level: 'stated', source: 'page, note at the example response', text: 'returns all properties in a real response, where the example may be shortened', untested: 'the page does not say which: further properties conform' },
  { id: 'id-shape', level: 'shown', source: 'page, example response', text: 'shapes ids like a GUID', untested: "the example's own id is not an RFC 9562 UUID, and the service calls ids opaque strings: id-present judges what is stated" },
  { id: 'date-spelling', level: 'shown', source: 'page, example response; OData 11.4.1.2', text: 'repeats the deletedDateTime character by character', untested: 'offsets may be normalised, and the service says that it responds in UTC: date-instant compares instants' },
  { id: 'date-required', level: 'stated', source: 'page, table of properties', text: 'requires deletedDateTime in a create', untested: 'the metadata lets it be null: date-missing asks what the target does, and accepts both responses' },
  { id: 'reference-body', level: 'platform', source: 'OData 4.01 §11.4.6.1', text: 'accepts one entity reference at /$ref and answers it with an empty 204', untested: 'contradicts the page, whose statements are judged: a target that follows OData here declares it as a deviation' },
];
