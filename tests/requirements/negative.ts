import type { Exchange } from '../../schemas/files/recording.ts';
import { created, type Level, type Route, routes } from '../../schemas/operation.ts';
import { isObject, jsonOf } from './match/json.ts';
import { objectOf } from './match/object.ts';
import type { Check, Judged } from './requirement.ts';
import { createdBodies, noResponse, stateless } from './scopes.ts';

interface Negative {
  readonly id: string;
  readonly level?: Level;
  readonly untestedReason?: string;
  /** The name of the request. */
  readonly request: string;
  readonly text: string;
  readonly statuses: readonly number[];
  readonly source: string;
  readonly scope?: readonly Route[];
  /** Who refuses nothing here refuses nothing there. */
  readonly dependsOn?: readonly string[];
  /** A response that is right though it refuses nothing: its status, and what it must hold. */
  readonly or?: {
    readonly status: number;
    readonly what: string;
    readonly holds: (exchange: Exchange) => boolean;
  };
}

const errorPage = "service's general error page";
const badBody = [400, 422];
/** A method or path that is not there: frameworks and the service differ, and no document decides. */
const notSupported = [400, 403, 404, 405, 501];

/** OData 4.01 11.2.8: reading a collection of references is legal, where a service offers it. */
function listsReferences({ response }: Exchange): boolean {
  if (response === undefined) return false;
  const json = jsonOf(response);
  return 'value' in json && isObject(json.value) && Array.isArray(json.value.value);
}

function holdsObject(exchange: Exchange): boolean {
  return objectOf(exchange) !== undefined;
}

const table: Negative[] = [
  {
    id: 'token-needed',
    request: 'no-token',
    text: 'refuses a create without a token',
    statuses: [401],
    source: `${errorPage}; page, section "Request headers"`,
  },
  {
    id: 'token-known',
    request: 'wrong-token',
    text: 'refuses a token that nobody issued',
    dependsOn: ['token-needed'],
    statuses: [401],
    source: errorPage,
  },
  {
    id: 'token-verified',
    request: 'altered-token',
    text: 'refuses the right token with one character changed',
    dependsOn: ['token-needed', 'token-known'],
    statuses: [401],
    source: errorPage,
  },
  {
    id: 'token-scheme',
    request: 'other-scheme',
    text: 'refuses the right token under another scheme than Bearer',
    dependsOn: ['token-needed'],
    statuses: [401],
    source: `${errorPage}; page, section "Request headers"`,
  },
  {
    id: 'permission-personal',
    level: 'stated',
    request: 'personal-account',
    text: 'does not support personal Microsoft accounts: refuses their tokens',
    statuses: [400, 401, 403, 404],
    source: 'page, section "Permissions"',
    untestedReason: 'GRAPH_PERSONAL_ACCESS_TOKEN is not set, and such a token cannot be made up',
  },
  {
    id: 'media-type-wrong',
    request: 'wrong-media-type',
    text: 'refuses a body sent as text/plain',
    statuses: [400, 415],
    source: `${errorPage}; page, section "Request headers"`,
  },
  {
    id: 'media-type-missing',
    request: 'no-content-type',
    text: 'refuses a body without a Content-Type',
    statuses: [400, 415],
    source: `${errorPage}; page, section "Request headers"`,
  },
  {
    id: 'json-malformed',
    request: 'malformed-json',
    text: 'refuses a body that is not JSON',
    statuses: badBody,
    source: errorPage,
  },
  {
    id: 'body-array',
    request: 'array-body',
    text: 'refuses an array in place of the object',
    statuses: badBody,
    source: `${errorPage}; page, section "Request body"`,
  },
  {
    id: 'date-number',
    request: 'date-number',
    text: 'refuses a number as deletedDateTime',
    statuses: badBody,
    source: `${errorPage}; page, table of properties`,
  },
  {
    id: 'date-text',
    request: 'date-text',
    text: 'refuses a word as deletedDateTime',
    statuses: badBody,
    source: `${errorPage}; page, table of properties`,
  },
  {
    id: 'date-impossible',
    request: 'date-impossible',
    text: 'refuses 30 February as deletedDateTime',
    statuses: badBody,
    source: `${errorPage}; page, table of properties; OData 4.01 Edm.DateTimeOffset`,
  },
  {
    id: 'date-array',
    request: 'date-array',
    text: 'refuses an array as deletedDateTime',
    statuses: badBody,
    source: `${errorPage}; page, table of properties`,
  },
  {
    id: 'type-wrong',
    request: 'wrong-type',
    text: 'refuses an object of another type',
    statuses: badBody,
    source: `${errorPage}; OData JSON 4.5.3`,
  },
  {
    id: 'date-missing',
    request: 'date-missing',
    text: 'accepts an object without deletedDateTime or refuses it, but does not fail over it',
    statuses: badBody,
    source:
      'page, table of properties against the metadata, where the property is nullable: both responses are legal',
    or: { status: created.status, what: 'the object', holds: holdsObject },
  },
  {
    id: 'user-unknown',
    request: 'unknown-user',
    text: 'refuses a user who does not exist',
    statuses: [400, 403, 404],
    source: errorPage,
    scope: ['users'],
  },
  {
    id: 'method-get',
    request: 'get',
    text: 'creates nothing on GET: refuses it, or lists references',
    statuses: notSupported,
    source: 'page, section "HTTP request"; RFC 9110 §15.5.6; OData 11.2.8 and 9.3.1',
    or: { status: 200, what: 'a list', holds: listsReferences },
  },
  {
    id: 'method-put',
    request: 'put',
    text: 'refuses PUT',
    statuses: notSupported,
    source: 'page, section "HTTP request"; RFC 9110 §15.5.6; OData 9.3.1',
  },
  {
    id: 'path-unknown',
    request: 'unsupported-path',
    text: 'refuses a path that only begins like the route',
    statuses: notSupported,
    source: 'page, section "HTTP request"',
  },
];

function negativeCheck({ statuses, or }: Negative): Check {
  return (exchange) => {
    const { response } = exchange;
    if (response === undefined) return noResponse(exchange);
    const { status } = response;
    if (statuses.includes(status)) return undefined;
    const received = String(status);
    if (status >= 300) return { code: 'error-status', status, received, part: 'status' };
    // Where a success may be right, another one is a wrong status, and not a check that is missing.
    const code = or === undefined ? 'accepted' : 'other-success';
    if (or?.status !== status) return { code, status, received, part: 'status' };
    if (response.cut !== undefined || or.holds(exchange)) return undefined;
    return { code: 'other-body', received: `${status} with something else`, part: 'body' };
  };
}

/** What the service must refuse, and with what. All of it is the platform's: the page has no error section. */
export const negativeRequirements: Judged[] = table.map((row) => ({
  id: row.id,
  level: row.level ?? 'platform',
  source: row.source,
  text: row.text,
  expected: [
    ...row.statuses.map(String),
    ...(row.or ? [`${row.or.status} with ${row.or.what}`] : []),
  ].join(' or '),
  scope: row.scope ?? routes,
  requests: ({ name }) => name === row.request,
  refusedWith: row.statuses,
  when: ({ failure }) => failure?.kind !== 'unreachable',
  notApplicableReason: 'the request was not answered',
  dependsOn: [...createdBodies.dependsOn, ...(row.dependsOn ?? [])],
  ...(row.untestedReason !== undefined && { untestedReason: row.untestedReason }),
  ...stateless(negativeCheck(row)),
}));
