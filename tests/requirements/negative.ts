import { type Level, type Route, routes } from '../../schemas/operation.ts';
import {
  type Accepted,
  badBody,
  listsReferences,
  notSupported,
  refusalFinding,
  withObject,
} from './match/refusal.ts';
import type { Judged } from './requirement.ts';
import { createdBodies, noResponse, stateless } from './scopes.ts';

interface Negative extends Accepted {
  readonly id: string;
  readonly level?: Level;
  readonly untestedReason?: string;
  /** What is refused, as the rest of a sentence; undefined: `text` says what is asked instead. */
  readonly refuses?: string;
  readonly text?: string;
  readonly source: string;
  readonly scope?: readonly Route[];
  /** Who refuses nothing here refuses nothing there. */
  readonly dependsOn?: readonly string[];
}

const errorPage = "service's general error page";

const table: Negative[] = [
  {
    id: 'token-needed',
    refuses: 'a create without a token',
    statuses: [401],
    source: `${errorPage}; page, section "Request headers"`,
  },
  {
    id: 'token-known',
    refuses: 'a token that nobody issued',
    dependsOn: ['token-needed'],
    statuses: [401],
    source: errorPage,
  },
  {
    id: 'token-verified',
    refuses: 'the right token with one character changed',
    dependsOn: ['token-needed', 'token-known'],
    statuses: [401],
    source: errorPage,
  },
  {
    id: 'token-scheme',
    refuses: 'the right token under another scheme than Bearer',
    dependsOn: ['token-needed'],
    statuses: [401],
    source: `${errorPage}; page, section "Request headers"`,
  },
  {
    id: 'permission-personal',
    level: 'stated',
    text: 'does not support personal Microsoft accounts: refuses their tokens',
    statuses: [400, 401, 403, 404],
    source: 'page, section "Permissions"',
    untestedReason: 'GRAPH_PERSONAL_ACCESS_TOKEN is not set, and such a token cannot be made up',
  },
  {
    id: 'media-type-wrong',
    refuses: 'a body sent as text/plain',
    statuses: [400, 415],
    source: `${errorPage}; page, section "Request headers"`,
  },
  {
    id: 'media-type-missing',
    refuses: 'a body without a Content-Type',
    statuses: [400, 415],
    source: `${errorPage}; page, section "Request headers"`,
  },
  {
    id: 'json-malformed',
    refuses: 'a body that is not JSON',
    statuses: badBody,
    source: errorPage,
  },
  {
    id: 'body-array',
    refuses: 'an array in place of the object',
    statuses: badBody,
    source: `${errorPage}; page, section "Request body"`,
  },
  {
    id: 'date-number',
    refuses: 'a number as deletedDateTime',
    statuses: badBody,
    source: `${errorPage}; page, table of properties`,
  },
  {
    id: 'date-text',
    refuses: 'a word as deletedDateTime',
    statuses: badBody,
    source: `${errorPage}; page, table of properties`,
  },
  {
    id: 'date-impossible',
    refuses: '30 February as deletedDateTime',
    statuses: badBody,
    source: `${errorPage}; page, table of properties; OData 4.01 Edm.DateTimeOffset`,
  },
  {
    id: 'date-array',
    refuses: 'an array as deletedDateTime',
    statuses: badBody,
    source: `${errorPage}; page, table of properties`,
  },
  {
    id: 'type-wrong',
    refuses: 'an object of another type',
    statuses: badBody,
    source: `${errorPage}; OData JSON 4.5.3`,
  },
  {
    id: 'date-missing',
    text: 'accepts an object without deletedDateTime or refuses it, but does not fail over it',
    statuses: badBody,
    source:
      'page, table of properties against the metadata, where the property is nullable: both responses are legal',
    or: withObject,
  },
  {
    id: 'user-unknown',
    refuses: 'a user who does not exist',
    statuses: [400, 403, 404],
    source: errorPage,
    scope: ['users'],
  },
  {
    id: 'method-get',
    text: 'creates nothing on GET: refuses it, or lists references',
    statuses: notSupported,
    source: 'page, section "HTTP request"; RFC 9110 §15.5.6; OData 11.2.8 and 9.3.1',
    or: { status: 200, what: 'a list', holds: listsReferences },
  },
  {
    id: 'method-put',
    refuses: 'PUT',
    statuses: notSupported,
    source: 'page, section "HTTP request"; RFC 9110 §15.5.6; OData 9.3.1',
  },
  {
    id: 'path-unknown',
    refuses: 'a path that only begins like the route',
    statuses: notSupported,
    source: 'page, section "HTTP request"',
  },
];

/** What the service must refuse, and with what. All of it is the platform's: the page has no error section. */
export const negativeRequirements: Judged[] = table.map((row) => ({
  id: row.id,
  level: row.level ?? 'platform',
  source: row.source,
  text: row.text ?? `refuses ${row.refuses}`,
  expected: [
    ...row.statuses.map(String),
    ...(row.or ? [`${row.or.status} with ${row.or.what}`] : []),
  ].join(' or '),
  scope: row.scope ?? routes,
  requests: ({ requirement }) => requirement === row.id,
  refusedWith: row.statuses,
  when: ({ failure }) => failure?.kind !== 'unreachable',
  notApplicableReason: 'the request was not answered',
  dependsOn: [...createdBodies.dependsOn, ...(row.dependsOn ?? [])],
  ...(row.untestedReason !== undefined && { untestedReason: row.untestedReason }),
  ...stateless((exchange) => {
    const { response } = exchange;
    if (response === undefined) return noResponse(exchange);
    const finding = refusalFinding(exchange, response, row);
    if (finding?.code !== 'accepted' || row.refuses === undefined) return finding;
    return { ...finding, wrong: `accepts ${row.refuses}: ${finding.received}` };
  }),
}));
