import type { Exchange } from '../../schemas/files/recording.ts';
import { type Route, routes } from '../../schemas/operation.ts';
import { PlainAnswers } from './match/answer.ts';
import { bodyForms } from './match/body-forms.ts';
import type { Check, Judged } from './requirement.ts';
import { isAnyCreate } from './scopes.ts';

interface Row {
  readonly id: string;
  readonly source: string;
  readonly text: string;
  /** Statuses that the source allows beside that of a plain create. */
  readonly or?: readonly number[];
}

/** What a real client may write otherwise without meaning anything else. */
const equivalents: readonly Row[] = [
  {
    id: 'content-type-parameters',
    source: 'RFC 9110 §8.3.1; RFC 8259 §11: a charset has no effect on JSON',
    text: 'accepts a Content-Type with charset=utf-8, quoted or not',
  },
  {
    id: 'content-type-case',
    source: 'RFC 9110 §8.3.1: type and subtype in any case',
    text: 'accepts the media type in other case',
  },
  {
    id: 'token-scheme-case',
    source: 'RFC 9110 §11.1: a scheme in any case',
    text: 'accepts the token behind "bearer" in lower case',
  },
  {
    id: 'header-name-case',
    source: 'RFC 9110 §5.1: header names in any case',
    text: 'accepts header names in lower case',
  },
  {
    id: 'accept-forms',
    source: 'RFC 9110 §12.5.1: no Accept, parameters, several types with weights',
    text: 'accepts every Accept that JSON satisfies, and none at all',
  },
  {
    id: 'path-encoding',
    source: 'RFC 3986 §2.2, §6.2.2.2; OData URL conventions §2: segments are percent-decoded',
    text: 'accepts the path with $ref or the user percent-encoded',
  },
  {
    id: 'json-spelling',
    source: 'RFC 8259 §2, §4, §7; OData JSON 4.4: ordered only where streaming is announced',
    text: 'accepts JSON with names in another order, escapes and blanks around it',
  },
  {
    id: 'type-absent',
    source: 'OData JSON 4.5.3: the type may be left out where it is the one that is expected',
    text: 'accepts an object without @odata.type',
  },
  {
    id: 'annotations-unknown',
    source: 'OData JSON 4.5: unknown annotations are never an error',
    text: 'accepts annotations that it does not know',
  },
  {
    id: 'properties-open',
    source: 'OData 11.4.2: directoryObject is open, undeclared properties are dynamic ones',
    text: 'accepts a property that no type declares',
  },
  {
    id: 'date-edges',
    source: 'page, table of properties; OData 4.01 Edm.DateTimeOffset',
    text: "accepts instants near a day's or a year's edge in UTC",
  },
  {
    id: 'body-framing',
    source: 'RFC 9112 §6.1, §7.1: chunked, or refused with 411',
    text: 'accepts a body in chunks, without Content-Length',
    or: [411],
  },
  {
    id: 'request-id-case',
    source: 'RFC 9562 §4: a GUID in any case',
    text: 'accepts a client-request-id in capitals',
  },
  {
    id: 'connection-reuse',
    source: 'RFC 9112 §9.2, §9.3',
    text: 'answers each of several creates over one connection with the answer to it',
  },
];

/** Compares with what plain creates on the same route were answered. */
function likePlain(find: (exchange: Exchange, plain: PlainAnswers) => ReturnType<Check>): Check {
  const plain: Readonly<Record<Route, PlainAnswers>> = {
    me: new PlainAnswers(),
    users: new PlainAnswers(),
  };
  return (exchange) => {
    const ofRoute = plain[exchange.requestCase.route];
    if (!isAnyCreate(exchange.requestCase)) return find(exchange, ofRoute);
    ofRoute.learn(exchange);
    return undefined;
  };
}

const comparing = {
  level: 'platform',
  comparedWith: isAnyCreate,
  notApplicableReason: 'the request was not answered',
  dependsOn: ['route-answers', 'create-answered'],
} as const;

/** A target may close a connection that waits (RFC 9112 §9.5): what was lost with it says nothing. */
const isJudgeable = ({ failure }: Exchange) =>
  failure?.kind !== 'unreachable' && failure?.code !== 'KEPT_CONNECTION_CLOSED';

const likeAPlainOne: Judged[] = equivalents.map(({ id, source, text, or = [] }) => ({
  ...comparing,
  id,
  source,
  text,
  expected: ['the answer to a plain create', ...or].join(', or '),
  // One verdict for both routes: a test costs more time than the requests.
  scope: 'service',
  requests: ({ requirement }) => requirement === id,
  when: isJudgeable,
  untestedReason:
    "its requests were not sent: a tenant is spared them, because each create is somebody's data, and so is a target that answers no plain create to the end",
  createCheck: () =>
    likePlain((exchange, plain) =>
      or.includes(exchange.response?.status ?? 0) ? undefined : plain.difference(exchange),
    ),
}));

/** What else clients send, though the page does not say what becomes of it. */
const asked: Judged[] = [
  {
    ...comparing,
    id: 'id-again',
    source: "service's general error page: 400, 409; RFC 9110 §15.6: 5xx is the server's own error",
    text: 'creates or refuses where an id exists already, but does not fail over it',
    expected: 'success, or a refusal with 4xx',
    scope: routes,
    requests: ({ requirement }) => requirement === 'id-again',
    when: isJudgeable,
    untestedReason:
      "the request was not sent: a tenant is spared it, because each create is somebody's data",
    createCheck: () => likePlain(unlessFailing),
  },
  {
    ...comparing,
    id: 'reference-probe',
    source: 'OData 4.01 §11.4.6.1, 9.3.1; the page says an object: both forms are legal',
    text: 'takes a reference with an empty 204 or refuses it, but does not fail over it',
    expected: 'success, or a refusal with 4xx or 501',
    scope: routes,
    requests: ({ requirement }) => requirement === 'reference-probe',
    when: isJudgeable,
    untestedReason:
      'no reference was sent: CONTRACT_REFERENCE_PROBE=true sends one, also to a tenant',
    createRemark: bodyForms,
    createCheck: () =>
      likePlain((exchange, plain) =>
        exchange.response?.status === 501 ? undefined : unlessFailing(exchange, plain),
      ),
  },
];

/** A finding where the target failed, unless plain creates fail so; what a refusal says is judged elsewhere. */
function unlessFailing(exchange: Exchange, plain: PlainAnswers): ReturnType<Check> {
  const { response } = exchange;
  return response !== undefined && response.status < 500 ? undefined : plain.difference(exchange);
}

/** Creates as real clients send them. All of it is the platform's: the page shows one way to write a create. */
export const clientRequirements: Judged[] = [...likeAPlainOne, ...asked];
