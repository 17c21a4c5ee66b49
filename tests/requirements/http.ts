import { headerValues } from '../../schemas/files/recording.ts';
import { duplicateName } from './match/duplicate-name.ts';
import { excerpt, jsonOf, show } from './match/json.ts';
import type { Check, Judged } from './requirement.ts';
import { responses, stateless } from './scopes.ts';

const contentLength: Check = ({ response, failure }) => {
  const declared = headerValues(response?.headers ?? [], 'content-length')[0];
  if (
    response?.wireBytes === undefined ||
    declared === undefined ||
    failure?.kind === 'too large' ||
    failure?.kind === 'timed out'
  )
    return undefined;
  if (declared === String(response.wireBytes)) return undefined;
  return {
    code: 'length',
    received: 'another number of bytes',
    detail: `Content-Length ${excerpt(declared)}, ${response.wireBytes} bytes came`,
    part: 'header',
    header: 'content-length',
  };
};

/** What HTTP and JSON demand of every response. */
export const httpRequirements: Judged[] = [
  {
    id: 'content-length',
    level: 'platform',
    source: 'RFC 9110 §8.6',
    text: 'sends as many bytes as Content-Length says',
    expected: 'Content-Length equal to the bytes of the body',
    ...responses,
    when: ({ response }) =>
      response?.wireBytes !== undefined &&
      headerValues(response.headers, 'content-length').length > 0,
    notApplicableReason: 'no response had a Content-Length',
    ...stateless(contentLength),
  },
  {
    id: 'json-names-once',
    level: 'platform',
    source: 'RFC 8259 §4: names should be unique, what becomes of others is unpredictable',
    text: 'gives every property of an object one value, not two',
    expected: 'no name twice in one object',
    ...responses,
    when: ({ response, failure }) =>
      failure === undefined && response !== undefined && 'value' in jsonOf(response),
    notApplicableReason: 'no request was answered with JSON',
    ...stateless(({ response }) => {
      const name = response && duplicateName(response.body.toString());
      return name === undefined
        ? undefined
        : { code: 'duplicate-name', received: 'a name twice', detail: show(name), part: 'body' };
    }),
  },
  {
    id: 'answer-time',
    level: 'platform',
    source: 'no document: the bound is CONTRACT_SLOW_MS',
    text: 'answers in reasonable time',
    expected: 'a response within CONTRACT_SLOW_MS',
    ...responses,
    when: ({ response, failure }) => response !== undefined || failure?.kind === 'timed out',
    ...stateless(({ ms, failure }, { slowMs }) =>
      ms > slowMs
        ? {
            code: failure === undefined ? 'slow' : 'no-response',
            received: 'slower',
            detail: `${ms} ms, the bound is ${slowMs} ms`,
            part: 'time',
          }
        : undefined,
    ),
  },
];
