import { mediaType, routes } from '../../schemas/operation.ts';
import { badBody, notSupported, refusalFinding, withObject } from './match/refusal.ts';
import type { Judged } from './requirement.ts';
import { createdBodies, noResponse, stateless } from './scopes.ts';

/** A kind of negative requests, which are judged together. */
interface Kind {
  readonly id: string;
  readonly text: string;
  readonly statuses: readonly number[];
  /** Further statuses that are right for some of the requests, by name. */
  readonly also?: Readonly<Record<string, readonly number[]>>;
  /** What is expected beside `statuses`, as the rest of a sentence. */
  readonly orElse?: string;
  readonly source: string;
  /** Who accepts what these ask about accepts all of the kind. */
  readonly dependsOn: readonly string[];
}

const errorPage = "service's general error page";
/** RFC 9110 §15.5.16: a format may be found unsupported by looking at the data, too. */
const badFormat = [400, 415, 422];
const malformed = [400];

const kinds: readonly Kind[] = [
  {
    id: 'json-one-text',
    text: 'refuses a body that is not one JSON text in UTF-8',
    statuses: badFormat,
    orElse: '201 with the object to a byte order mark and to bytes in Latin-1',
    source: `${errorPage}; RFC 8259 §2 to §8.1 (§9 lets parsers accept more)`,
    dependsOn: ['json-malformed'],
  },
  {
    id: 'json-object-only',
    text: 'refuses JSON that is not an object',
    statuses: badBody,
    source: `${errorPage}; page, section "Request body"`,
    dependsOn: ['json-malformed', 'body-array'],
  },
  {
    id: 'property-types',
    text: 'refuses a property with a value of another JSON type',
    statuses: badBody,
    orElse: '201 with the object to a deletedDateTime that is null and to an empty id',
    source: `${errorPage}; page, section "Request body"; OData JSON 4.5.3 and 7.1`,
    dependsOn: ['date-number', 'date-array'],
  },
  {
    id: 'dates-malformed',
    text: 'refuses a deletedDateTime that is not an Edm.DateTimeOffset',
    statuses: badBody,
    orElse: '201 with the object to a leap second',
    source: `${errorPage}; page, table of properties; OData 4.01 ABNF, dateTimeOffsetValue`,
    dependsOn: ['date-text', 'date-impossible'],
  },
  {
    id: 'type-forms',
    text: 'refuses a type that is not the documented one or derived from it',
    statuses: badBody,
    orElse: '201 with the object to the type in lower case',
    source: `${errorPage}; OData JSON 4.5.3`,
    dependsOn: ['type-wrong'],
  },
  {
    id: 'media-types',
    text: `refuses a body that is not sent as ${mediaType} in UTF-8`,
    statuses: [400, 415],
    source: `${errorPage}; page, section "Request headers"; RFC 8259 §8.1`,
    dependsOn: ['media-type-wrong', 'media-type-missing'],
  },
  {
    id: 'token-forms',
    text: 'refuses whatever is not the right token, once, behind Bearer',
    statuses: [401],
    also: {
      'token-scheme-alone': malformed,
      'token-empty-token': malformed,
      'token-no-scheme': malformed,
      'token-twice': malformed,
      'token-two-headers': malformed,
    },
    orElse: '400 to an Authorization that is malformed or sent twice',
    source: `${errorPage}; RFC 6750 §2.1 and §3.1`,
    dependsOn: ['token-needed', 'token-known', 'token-verified', 'token-scheme'],
  },
  {
    id: 'methods-undocumented',
    text: 'creates and removes nothing on PATCH, DELETE, HEAD and OPTIONS',
    statuses: notSupported,
    also: { 'method-head': [200], 'method-options': [200, 204] },
    orElse: '200 to HEAD, 200 or 204 to OPTIONS',
    source: 'page, section "HTTP request"; RFC 9110 §9.3.2, §9.3.7 and §15.5.6; OData 11.4.6.2',
    dependsOn: ['method-get', 'method-put'],
  },
  {
    id: 'path-forms',
    text: 'refuses a path that is not the route',
    statuses: notSupported,
    also: { 'path-empty-user': [422] },
    orElse: '422 to an empty user, 201 with the object to another case and to a slash at the end',
    source: 'page, section "HTTP request"; RFC 3986 §6.2',
    dependsOn: ['path-unknown'],
  },
];

/** What the service must refuse, by kind: a finding names the requests that were answered otherwise. */
export const departureRequirements: Judged[] = kinds.map((kind) => {
  const { id, text, statuses, also = {}, orElse, source, dependsOn } = kind;
  return {
    id,
    level: 'platform',
    source,
    text,
    expected: `${statuses.join(' or ')}${orElse === undefined ? '' : `; ${orElse}`}`,
    scope: routes,
    requests: ({ requirement }) => requirement === id,
    refusedWith: [...new Set([statuses, ...Object.values(also)].flat())],
    when: ({ failure }) => failure?.kind !== 'unreachable',
    notApplicableReason: 'no such request was answered',
    dependsOn: [...createdBodies.dependsOn, ...dependsOn],
    ...stateless((exchange) => {
      const { response, requestCase } = exchange;
      const { name, kind, why, source: clause } = requestCase;
      const right = {
        statuses: [...statuses, ...(also[name] ?? [])],
        ...(kind === 'probe' && { or: withObject }),
      };
      const finding = response ? refusalFinding(exchange, response, right) : noResponse(exchange);
      if (finding === undefined) return undefined;
      const received = `${finding.received} ${response ? `to ${why}` : `(${why})`}`;
      const detail = [finding.detail, clause].filter(Boolean).join('; ');
      const wrong =
        finding.code === 'accepted' ? { wrong: `accepts ${why}: ${finding.received}` } : {};
      return { ...finding, received, detail, ...wrong };
    }),
  };
});
