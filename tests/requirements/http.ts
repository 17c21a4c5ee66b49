import { headerValues } from '../../schemas/files/recording.ts';
import { duplicateName } from './match/duplicate-name.ts';
import { excerpt, show } from './match/excerpt.ts';
import { httpForms } from './match/http-forms.ts';
import { jsonOf } from './match/json.ts';
import { listMembers } from './match/list-header.ts';
import type { Check, Judged } from './requirement.ts';
import { responses, stateless } from './scopes.ts';

const contentLength: Check = ({ response, failure }) => {
  // A number, also with leading zeros, also repeated (RFC 9110 §8.6).
  const declared = listMembers(response?.headers ?? [], 'content-length');
  if (response?.wireBytes === undefined || declared.length === 0 || failure?.kind === 'timed out')
    return undefined;
  if (declared.every((each) => /^\d+$/.test(each) && Number(each) === response.wireBytes))
    return undefined;
  return {
    code: 'length',
    received: 'another number of bytes',
    detail: `Content-Length ${excerpt(declared.join(', '))}, ${response.wireBytes} bytes came`,
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
    // To a HEAD it counts what a GET would be sent.
    when: ({ request, response }) =>
      request.method !== 'HEAD' &&
      response?.wireBytes !== undefined &&
      headerValues(response.headers, 'content-length').length > 0,
    notApplicableReason: 'no response had a Content-Length',
    ...stateless(contentLength),
  },
  {
    id: 'header-form',
    level: 'platform',
    source: 'RFC 9110 §5.6.7, §6.6.1, §8.8.2, §8.8.3',
    text: 'writes Date, Last-Modified and ETag as HTTP does, where it sends them',
    expected: 'an HTTP date; an entity tag: a quoted string, with or without W/ before it',
    ...responses,
    when: ({ response }) =>
      response !== undefined &&
      Object.keys(httpForms).some((name) => headerValues(response.headers, name).length > 0),
    notApplicableReason: 'no response had one of these headers',
    ...stateless(({ response }) => {
      for (const [header, form] of Object.entries(httpForms)) {
        const wrong = headerValues(response?.headers ?? [], header).find(
          (each) => !form.test(each),
        );
        if (wrong !== undefined)
          return {
            code: 'header-value',
            received: `${header} in another form`,
            detail: show(wrong),
            part: 'header',
            header: header.toLowerCase(),
          };
      }
      return undefined;
    }),
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
];
