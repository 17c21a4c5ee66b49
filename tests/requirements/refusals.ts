import { created, type Level, mediaType, type Route, routes } from '../../schemas/operation.ts';
import type { Answer } from './answer.ts';
import type { Finding } from './match/finding.ts';
import { isObject } from './match/json.ts';
import type { Check, Judged } from './requirement.ts';
import { createdBodies, noResponse } from './scopes.ts';

/** An answer that is right though it refuses nothing. */
interface Success {
  readonly status: number;
  readonly what: string;
  /** Not set: what it holds is for other requirements to judge. */
  readonly holds?: (answer: Answer) => boolean;
}

/** What the service must refuse, and with what. */
interface Row {
  readonly id: string;
  readonly level?: Level;
  /** What is refused, as the rest of a sentence, or else what is asked. */
  readonly refuses?: string;
  readonly text?: string;
  readonly statuses: readonly number[];
  readonly or?: Success;
  /** Further statuses that are right for a request, by its name. */
  readonly also?: Readonly<Record<string, readonly number[]>>;
  /** What is expected beside the statuses, in words. */
  readonly orElse?: string;
  readonly source: string;
  readonly scope?: readonly Route[];
  /** Who accepts what these ask about accepts this too. */
  readonly dependsOn?: readonly string[];
  readonly untestedReason?: string;
}

const errorPage = "service's general error page";
const http = 'page, section "HTTP request"';
const headers = `${errorPage}; page, section "Request headers"`;
const body = `${errorPage}; page, section "Request body"`;
const table = `${errorPage}; page, table of properties`;

/** A body that cannot be used. */
const badBody = [400, 422];
/** RFC 9110 §15.5.16: a format may be found unsupported by looking at the data, too. */
const badFormat = [400, 415, 422];
/** A method or path that is not there: frameworks and the service differ, and no document decides. */
const notSupported = [400, 403, 404, 405, 501];
const anyRefusal = Array.from({ length: 100 }, (_, i) => 400 + i);
/** Between two spellings of a path (RFC 9110 §15.4): nothing is created by it. */
const redirects = [301, 307, 308];
const malformed = [400];

/** A create, where the request may be accepted as well. */
const withObject: Success = {
  status: created.status,
  what: 'the object',
};
/** OData 4.01 11.2.8: reading a collection of references is legal, where a service offers it. */
const withList: Success = {
  status: 200,
  what: 'a list',
  holds: ({ json: { value } }) => isObject(value) && Array.isArray(value.value),
};

/** Requests that have a requirement each. */
// biome-ignore format: a row a line
const singles: readonly Row[] = [
  { id: 'token-needed', refuses: 'a create without a token', statuses: [401], source: headers },
  { id: 'token-known', refuses: 'a token that nobody issued', statuses: [401], source: errorPage, dependsOn: ['token-needed'] },
  { id: 'token-verified', refuses: 'the right token with one character changed', statuses: [401], source: errorPage, dependsOn: ['token-needed', 'token-known'] },
  { id: 'token-scheme', refuses: 'the right token under another scheme than Bearer', statuses: [401], source: headers, dependsOn: ['token-needed'] },
  { id: 'permission-personal', level: 'stated', text: 'does not support personal Microsoft accounts: refuses their tokens', statuses: [400, 401, 403, 404], source: 'page, section "Permissions"', untestedReason: 'GRAPH_PERSONAL_ACCESS_TOKEN is not set, and such a token cannot be made up' },
  { id: 'media-type-wrong', refuses: 'a body sent as text/plain', statuses: badFormat, source: headers },
  { id: 'media-type-missing', refuses: 'a body without a Content-Type', statuses: badFormat, source: `${headers}; RFC 9110 §8.3 lets a recipient look at the data, but the page names the header, and the service was seen to refuse` },
  { id: 'json-malformed', refuses: 'a body that is not JSON', statuses: badBody, source: errorPage },
  { id: 'body-array', refuses: 'an array in place of the object', statuses: badBody, source: body },
  { id: 'date-number', refuses: 'a number as deletedDateTime', statuses: badBody, source: table },
  { id: 'date-text', refuses: 'a word as deletedDateTime', statuses: badBody, source: table },
  { id: 'date-impossible', refuses: '30 February as deletedDateTime', statuses: badBody, source: `${table}; OData 4.01 Edm.DateTimeOffset` },
  { id: 'date-array', refuses: 'an array as deletedDateTime', statuses: badBody, source: table },
  { id: 'type-wrong', refuses: 'an object of another type', statuses: badBody, source: `${errorPage}; OData JSON 4.5.3` },
  { id: 'date-missing', text: 'accepts an object without deletedDateTime or refuses it, but does not fail over it', statuses: anyRefusal, or: withObject, source: 'page, table of properties against the metadata, where the property is nullable: both responses are legal' },
  { id: 'user-unknown', refuses: 'a user who does not exist', statuses: [400, 403, 404], source: errorPage, scope: ['users'] },
  { id: 'method-get', text: 'creates nothing on GET: refuses it, or lists references', statuses: notSupported, or: withList, source: `${http}; RFC 9110 §15.5.6; OData 11.2.8 and 9.3.1` },
  { id: 'method-put', refuses: 'PUT', statuses: notSupported, source: `${http}; RFC 9110 §15.5.6; OData 9.3.1` },
  { id: 'path-unknown', refuses: 'a path that only begins like the route', statuses: notSupported, source: http },
];

/** Requests of a kind, which are judged together: a finding names those that were answered otherwise. */
// biome-ignore format: a row a line
const kinds: readonly Row[] = [
  { id: 'json-one-text', refuses: 'a body that is not one JSON text in UTF-8', statuses: badFormat, orElse: '201 with the object to what a parser may read beside JSON', source: `${errorPage}; RFC 8259 §2 to §8.1; §9 lets a parser accept extensions`, dependsOn: ['json-malformed'] },
  { id: 'json-object-only', refuses: 'JSON that is not an object', statuses: badBody, source: body, dependsOn: ['json-malformed', 'body-array'] },
  { id: 'property-types', refuses: 'a property with a value of another JSON type', statuses: badBody, orElse: '201 with the object to a deletedDateTime that is null, to an empty id and to one that is null', source: `${body}; OData JSON 4.5.3 and 7.1`, dependsOn: ['date-number', 'date-array'] },
  { id: 'dates-malformed', refuses: 'a deletedDateTime that is not an Edm.DateTimeOffset', statuses: badBody, orElse: '201 with the object to a leap second', source: `${table}; OData 4.01 ABNF, dateTimeOffsetValue`, dependsOn: ['date-text', 'date-impossible'] },
  { id: 'type-forms', refuses: 'a type that is not the documented one or derived from it', statuses: badBody, orElse: '201 with the object to the type in lower case', source: `${errorPage}; OData JSON 4.5.3`, dependsOn: ['type-wrong'] },
  { id: 'media-types', refuses: `a body that is not sent as ${mediaType} in UTF-8`, statuses: badFormat, orElse: '201 with the object to UTF-16', source: `${headers}; RFC 8259 §8.1 and §9`, dependsOn: ['media-type-wrong', 'media-type-missing'] },
  { id: 'token-forms', refuses: 'whatever is not the right token, once, behind Bearer', statuses: [401], also: { 'token-scheme-alone': malformed, 'token-empty-token': malformed, 'token-no-scheme': malformed, 'token-twice': malformed, 'token-two-headers': malformed }, orElse: '400 to an Authorization that is malformed or sent twice', source: `${errorPage}; RFC 6750 §2.1 and §3.1`, dependsOn: ['token-needed', 'token-known', 'token-verified', 'token-scheme'] },
  { id: 'methods-undocumented', text: 'creates and removes nothing on PATCH, DELETE, HEAD and OPTIONS', statuses: notSupported, also: { 'method-head': [200], 'method-options': [200, 204] }, orElse: '200 to HEAD, 200 or 204 to OPTIONS', source: `${http}; RFC 9110 §9.3.2, §9.3.7 and §15.5.6; OData 11.4.6.2`, dependsOn: ['method-get', 'method-put'] },
  { id: 'path-forms', refuses: 'a path that is not the route', statuses: notSupported, also: { 'path-empty-user': [422, ...redirects], 'path-trailing-slash': redirects }, orElse: '422 to an empty user, 201 with the object to another case and to a slash at the end, a redirect to one slash', source: `${http}; RFC 3986 §6.2; RFC 9110 §15.4`, dependsOn: ['path-unknown'] },
];

function fault(answer: Answer, statuses: readonly number[], or?: Success): Finding | undefined {
  const { status } = answer;
  if (status === undefined) return noResponse(answer);
  if (statuses.includes(status)) return undefined;
  const isAccepted = or === undefined && status < 300;
  if (or?.status !== status)
    return { status, received: String(status), ...(isAccepted && { kind: 'accepted' }) };
  const isRight = or.holds?.(answer) !== false || !answer.isWhole;
  return isRight ? undefined : { received: `${status} with something else`, part: 'body' };
}

function checkSingle({ statuses, or, refuses }: Row): Check {
  return (answer) => {
    const finding = fault(answer, statuses, or);
    if (finding?.kind !== 'accepted' || refuses === undefined) return finding;
    return { ...finding, wrong: `accepts ${refuses}: ${finding.received}` };
  };
}

function checkKind({ statuses, also = {} }: Row): Check {
  return (answer) => {
    const { name, kind, why, source } = answer.requestCase;
    const or = kind === 'probe' ? withObject : undefined;
    const finding = fault(answer, [...statuses, ...(also[name] ?? [])], or);
    if (finding === undefined) return undefined;
    const { received } = finding;
    return {
      ...finding,
      received: answer.status === undefined ? `${received} (${why})` : `${received} to ${why}`,
      detail: [finding.detail, source].filter(Boolean).join('; '),
      ...(finding.kind === 'accepted' && { wrong: `accepts ${why}: ${received}` }),
    };
  };
}

function requirementOf(row: Row, check: Check): Judged {
  const { id, level = 'platform', source, statuses, or, orElse, scope = routes } = row;
  const codes = statuses === anyRefusal ? 'a refusal with 4xx' : statuses.join(' or ');
  const success = or && ` or ${or.status} with ${or.what}`;
  return {
    id,
    level,
    source,
    text: row.text ?? `refuses ${row.refuses}`,
    expected: `${codes}${success ?? ''}${orElse === undefined ? '' : `; ${orElse}`}`,
    scope,
    part: 'status',
    when: ({ failure }) => failure?.kind !== 'unreachable',
    notApplicableReason: 'the request was not answered',
    dependsOn: [...createdBodies.dependsOn, 'refusals-answered', ...(row.dependsOn ?? [])],
    ...(row.untestedReason !== undefined && { untestedReason: row.untestedReason }),
    check,
  };
}

/** Requirements whose requests go unanswered before the silence is a fault of its own; fewer name it themselves. */
const silentRequirements = 3;

const neverRefused: Check = (answer, { answers }) => {
  if (answer.status !== undefined) return undefined;
  const silent = answers.filter(
    ({ requestCase, status, failure }) =>
      requestCase.kind === 'negative' && status === undefined && failure?.kind !== 'unreachable',
  );
  const asked = new Set(silent.map(({ requestCase }) => requestCase.requirement));
  return asked.size >= silentRequirements ? noResponse(answer) : undefined;
};

/** That a refusal comes at all. */
export const refusalsAnswered: Judged = {
  id: 'refusals-answered',
  level: 'platform',
  source: `${errorPage}; RFC 9110 §15`,
  text: 'answers what it refuses, too: it does not drop it or leave it waiting',
  expected: 'an HTTP response',
  scope: routes,
  part: 'connection',
  requests: ({ kind }) => kind === 'negative',
  when: ({ failure }) => failure?.kind !== 'unreachable',
  notApplicableReason: 'no such request was answered',
  dependsOn: ['route-answers', 'create-answered'],
  check: neverRefused,
};

/** What the service must refuse, and with what. All of it but the permission is the platform's: the page has no error section. */
export const refusalRequirements: Judged[] = [
  ...singles.map((row) => requirementOf(row, checkSingle(row))),
  ...kinds.map((row) => requirementOf(row, checkKind(row))),
];
