import { headerValues, requestIdHeader } from '../../schemas/files/recording.ts';
import type { Answer } from './answer.ts';
import { duplicateName } from './match/duplicate-name.ts';
import { excerpt, show } from './match/excerpt.ts';
import { listMembers } from './match/header-list.ts';
import { headerCheck } from './match/single-header.ts';
import type { Check, Judged } from './requirement.ts';
import { areBothAsked, responses } from './scopes.ts';

const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const clock = '(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)';
// RFC 9110 §5.6.7, with the two obsolete forms, which every recipient reads.
const httpDate = new RegExp(
  [
    `^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), \\d\\d ${month} \\d{4} ${clock} GMT$`,
    `^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, \\d\\d-${month}-\\d\\d ${clock} GMT$`,
    `^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) ${month} [ \\d]\\d ${clock} \\d{4}$`,
  ].join('|'),
);

/** How HTTP writes the values of headers that any response may have, by the name of the header. */
export const httpForms: Readonly<Record<string, RegExp>> = {
  Date: httpDate,
  'Last-Modified': httpDate,
  // RFC 9110 §8.8.3
  ETag: /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/,
};

const headersInForm: Check = (answer) => {
  for (const [header, form] of Object.entries(httpForms)) {
    const wrong = answer.header(header).find((each) => !form.test(each));
    if (wrong !== undefined)
      return {
        received: `${header} in another form`,
        detail: show(wrong),
        part: 'header',
        header: header.toLowerCase(),
      };
  }
  return undefined;
};

/** To a HEAD it counts what a GET would be sent; with 204 it stands for nothing. */
const contentLength: Check = (answer) => {
  const { request, exchange, status } = answer;
  const { wireBytes = 0 } = exchange.response ?? {};
  // A number, also with leading zeros, also repeated (RFC 9110 §8.6).
  const declared = listMembers(answer.header('content-length'));
  const isBodiless = request.method === 'HEAD' || status === 204;
  if (isBodiless && wireBytes > 0) return { received: `a body behind ${status}`, part: 'body' };
  if (status === 204 && declared.length > 0) return { received: 'a Content-Length in a 204' };
  const isRight = (each: string) => /^\d+$/.test(each) && Number(each) === wireBytes;
  if (isBodiless || declared.every(isRight)) return undefined;
  const detail = `Content-Length ${excerpt(declared.join(', '))}, ${wireBytes} bytes came`;
  return { received: 'another number of bytes', detail };
};

const namesOnce: Check = ({ json: { text = '' } }) => {
  const name = duplicateName(text);
  return name === undefined ? undefined : { received: 'a name twice', detail: show(name) };
};

/** Whether the bytes of its body are known, all of them. */
function isCounted(answer: Answer): boolean {
  const { exchange, failure, status } = answer;
  const { wireBytes, notKept } = exchange.response ?? {};
  if (wireBytes === undefined || notKept !== undefined || failure?.kind === 'timed out')
    return false;
  return status === 204 || wireBytes > 0 || answer.header('content-length').length > 0;
}

/** What HTTP and JSON demand of every response. */
// biome-ignore format: a row a line
export const httpRequirements: Judged[] = [
  { id: 'content-length', level: 'platform', source: 'RFC 9110 §6.4.1, §8.6, §9.3.2, §15.3.5', text: 'sends as many bytes as Content-Length says, and none to a HEAD and with 204', expected: 'Content-Length equal to the bytes of the body; neither with 204', ...responses, part: 'header', header: 'content-length', when: (answer) => responses.when(answer) && isCounted(answer), notApplicableReason: 'no response had a Content-Length', check: contentLength },
  { id: 'header-form', level: 'platform', source: 'RFC 9110 §5.6.7, §6.6.1, §8.8.2, §8.8.3', text: 'writes Date, Last-Modified and ETag as HTTP does, where it sends them', expected: 'an HTTP date; an entity tag: a quoted string, with or without W/ before it', ...responses, part: 'header', when: (answer) => Object.keys(httpForms).some((name) => answer.header(name).length > 0), notApplicableReason: 'no response had one of these headers', check: headersInForm },
  { id: 'json-names-once', level: 'platform', source: 'RFC 8259 §4: names should be unique, what becomes of others is unpredictable', text: 'gives every property of an object one value, not two', expected: 'no name twice in one object', ...responses, part: 'body', when: ({ isWhole, json }) => isWhole && json.value !== undefined, notApplicableReason: 'no request was answered with JSON', check: namesOnce },
];

const atRequestId = { part: 'header', header: 'request-id' } as const;

/** Those of one route are compared by request-id. */
const distinctAcrossRoutes: Check = (answer, { earlier }) => {
  const [id] = answer.header('request-id');
  if (id === undefined || id === '') return undefined;
  const first = earlier.find((each) => each.header('request-id')[0] === id);
  const isOther = first !== undefined && first.requestCase.route !== answer.requestCase.route;
  return isOther ? { received: 'a request-id of the other route', detail: show(id) } : undefined;
};

/** The ids by which the service's support finds a request again. */
// biome-ignore format: a row a line
export const requestIdRequirements: Judged[] = [
  { id: 'request-id', level: 'platform', source: 'service: every response carries the id that its support asks for', text: 'names every response by a request-id', expected: 'request-id, another one in every response', ...responses, ...atRequestId, dependsOn: [...responses.dependsOn, 'answers-own'], check: headerCheck('request-id', (value, _, { earlier }) => value !== '' && !earlier.some((each) => each.header('request-id').includes(value))) },
  { id: 'request-id-distinct', level: 'platform', source: 'service: every response carries the id that its support asks for', text: 'gives no response the request-id of a response on the other route', expected: 'a request-id that no response on the other route had', ...responses, ...atRequestId, scope: 'service', when: ({ status }, run) => status !== undefined && areBothAsked(run), notApplicableReason: 'fewer than two routes were judged', dependsOn: [...responses.dependsOn, 'request-id', 'answers-own'], check: distinctAcrossRoutes },
  { id: 'client-request-id', level: 'platform', source: 'service: client-request-id is the echo of the one sent', text: 'returns the client-request-id of the request', expected: 'the client-request-id that was sent', ...responses, part: 'header', header: requestIdHeader, dependsOn: [...responses.dependsOn, 'answers-own'], check: headerCheck(requestIdHeader, (value, { request }) => { const [sent] = headerValues(request.headers, requestIdHeader); return value.toLowerCase() === sent?.toLowerCase(); }) },
];
