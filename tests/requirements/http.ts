import { requestIdHeader } from '../../schemas/files/recording.ts';
import type { Answer } from './answer.ts';
import { listMembers } from './match/headers.ts';
import forms from './match/http-forms.json' with { type: 'json' };
import { excerpt, show } from './match/json.ts';
import { duplicateName } from './match/names.ts';
import type { Check, Context, Rules } from './requirement.ts';
import { areBothAsked, headerCheck, responses } from './scopes.ts';

// RFC 9110 §5.6.7, with the two obsolete forms, which every recipient reads, and §8.8.3.
const httpForms = Object.fromEntries(
  Object.entries(forms).map(([header, all]) => [header, new RegExp(all.join('|'))]),
);

const headersInForm: Check = (answer) => {
  for (const [header, form] of Object.entries(httpForms)) {
    const lines = answer.header(header);
    // No list: it stands once (RFC 9110 §5.3).
    const isRight = lines.length === 0 || form.test(lines.join(', '));
    const received = `${header} in another form`;
    if (!isRight) return { received, detail: show(lines.join(', ')), header: header.toLowerCase() };
  }
  return false;
};

/** To a HEAD it counts what a GET would be sent; with 204 it stands for nothing. */
const contentLength: Check = (answer) => {
  const { request, exchange, status } = answer;
  const { wireBytes = 0 } = exchange.response ?? {};
  // A number, also with leading zeros, also repeated (RFC 9110 §8.6).
  const declared = listMembers(answer.header('content-length'));
  const isBodiless = request.method === 'HEAD' || status === 204;
  if (isBodiless && wireBytes > 0) return { received: `a body behind ${status}`, part: 'body' };
  if (status === 204 && declared.length > 0) return 'a Content-Length in a 204';
  const isRight = (each: string) => /^\d+$/.test(each) && Number(each) === wireBytes;
  if (isBodiless || declared.every(isRight)) return false;
  const detail = `Content-Length ${excerpt(declared.join(', '))}, ${wireBytes} bytes came`;
  return { received: 'another number of bytes', detail };
};

const namesOnce: Check = ({ json: { text = '' } }) => {
  const name = duplicateName(text);
  return name !== undefined && { received: 'a name twice', detail: show(name) };
};

function isCounted(answer: Answer) {
  const { exchange, failure, status } = answer;
  const { wireBytes, notKept } = exchange.response ?? {};
  if (wireBytes === undefined || notKept !== undefined || failure?.kind === 'timed out')
    return false;
  return status === 204 || wireBytes > 0 || answer.header('content-length').length > 0;
}

const namesResponse = headerCheck<Context>(
  'request-id',
  (value, _, { earlier }) => value !== '' && !earlier.some(({ requestId }) => requestId === value),
);

const distinctAcrossRoutes: Check = ({ requestId, requestCase: { route } }, { earlier }) => {
  const first = requestId ? earlier.find((each) => each.requestId === requestId) : undefined;
  const isOther = first !== undefined && first.requestCase.route !== route;
  return isOther && { received: 'a request-id of the other route', detail: show(requestId) };
};

const echoesId = headerCheck(requestIdHeader, (_, { echo, ownId }) => echo === ownId);

// biome-ignore format: a row a line
export const httpRules = {
  'content-length': { ...responses, when: (answer) => responses.when(answer) && isCounted(answer), check: contentLength },
  'header-form': { ...responses, when: (answer) => Object.keys(httpForms).some((name) => answer.header(name).length > 0), check: headersInForm },
  'json-names-once': { ...responses, when: ({ isWhole, json }) => isWhole && json.value !== undefined, check: namesOnce },
  'request-id': { ...responses, check: namesResponse },
  'request-id-distinct': { ...responses, scope: 'service', when: ({ status }, run) => status !== undefined && areBothAsked(run), check: distinctAcrossRoutes },
  'client-request-id': { ...responses, check: echoesId },
} satisfies Rules;
