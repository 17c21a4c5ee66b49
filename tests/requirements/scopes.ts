import type { Finding } from '../../schemas/files/finding.ts';
import type { RequestCase, Run } from '../../schemas/files/recording.ts';
import { mediaType, routes } from '../../schemas/operation.ts';
import type { Answer } from './answer.ts';
import { show } from './match/json.ts';

type Request = Pick<RequestCase, 'kind' | 'name'>;

const isAnswered = ({ status }: Answer) => status !== undefined;
const answering = ['route-answers', 'create-answered'];

/** Every create but the documented example, which has a requirement of its own. */
export const creates = {
  scope: routes,
  part: 'status',
  requests: ({ kind }: Pick<RequestCase, 'kind'>) => kind === 'create',
  when: isAnswered,
  notApplicableReason: 'no create was answered',
  dependsOn: answering,
} as const;

export const successes = {
  ...creates,
  part: 'header',
  everyCreated: true,
  when: ({ isSuccess }: Answer) => isSuccess,
  notApplicableReason: 'no create was answered with success',
  dependsOn: [...answering, 'create-status'],
} as const;

export const createdBodies = {
  ...successes,
  header: 'content-type',
  when: ({ hasObject }: Answer) => hasObject,
  notApplicableReason: 'no create was answered with success and a body',
} as const;

export const createdObjects = {
  ...createdBodies,
  part: 'body',
  when: ({ object }: Answer) => object !== undefined,
  notApplicableReason: 'no create was answered with a JSON object',
  dependsOn: [...createdBodies.dependsOn, 'body-json'],
} as const;

/** Not what stands before the service: it refuses malformed HTTP, answers CORS, and redirects between spellings. */
function isOfService({ requestCase, request, status = 0, mediaType: type }: Answer) {
  if (request.method === 'OPTIONS') return false;
  if (requestCase.requirement === 'path-forms' && status >= 300 && status < 400) return false;
  return requestCase.name !== 'token-two-headers' || type?.essence === mediaType;
}

export const responses = {
  scope: routes,
  part: 'header',
  requests: () => true,
  when: (answer: Answer) => isAnswered(answer) && isOfService(answer),
  notApplicableReason: 'no request was answered',
  dependsOn: answering,
} as const;

/** Requests that were refused with an error status; the response to a HEAD has no body (RFC 9110 §9.3.2). */
export const refusals = {
  ...responses,
  part: 'body',
  requests: ({ kind, name }: Request) =>
    (kind === 'negative' || kind === 'probe') && name !== 'method-head',
  when: (answer: Answer) => answer.isWhole && (answer.status ?? 0) >= 400 && isOfService(answer),
  notApplicableReason: 'no request was refused with an error status and a body that can be read',
} as const;

export const asked = {
  scope: routes,
  part: 'status',
  when: ({ failure }: Answer) => failure?.kind !== 'unreachable',
  notApplicableReason: 'the request was not answered',
  dependsOn: [...answering, 'refusals-answered'],
} as const;

/** Checks a header that is no list: it stands once, whatever it says (RFC 9110 §5.3). */
export function headerCheck<Context>(
  name: string,
  holds: (value: string, answer: Answer, context: Context) => boolean,
) {
  return (answer: Answer, context: Context) => {
    const [value, ...others] = answer.header(name);
    if (value === undefined) return `no ${name}`;
    const detail = show(value);
    if (others.length > 0) return { received: `${others.length + 1} values`, detail };
    return !holds(value, answer, context) && { received: 'another value', detail };
  };
}

export function areBothAsked({ routes, notApplicable }: Run) {
  return routes.filter((route) => notApplicable[route] === undefined).length === 2;
}

export const leftOut = (what: string, wrong = `leaves out ${what}`): Finding => ({
  received: 'absent',
  told: `no ${what}`,
  wrong,
});

export function undecodable(answer: Answer): Finding {
  const received = answer.failure?.detail ?? '';
  const detail = `Content-Encoding ${show(answer.header('content-encoding').join(', '))}`;
  return { received, detail, part: 'body' };
}
