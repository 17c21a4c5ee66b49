import { created, example, mediaType } from '../../schemas/operation.ts';
import { requirements } from '../requirements/index.ts';
import { isJudged, type Judged } from '../requirements/requirement.ts';

type Json = Readonly<Record<string, unknown>>;

/** A response header, described by the requirement that judges it. */
function header(id: string, schema: Json, example: string): Json {
  const judged = requirements.filter(isJudged).find((each) => each.id === id);
  if (judged === undefined) throw new Error(`${id} is not a requirement about a header`);
  return { description: `${capital(judged.text)} (${id}).`, schema, example };
}

const text = { type: 'string', minLength: 1 };

/** The headers of responses. None is required here: the page names none but Content-Type. */
export const headers: Readonly<Record<string, Json>> = {
  Location: header(
    'location',
    { type: 'string', format: 'uri-reference' },
    'https://graph.microsoft.com/v1.0/directoryObjects/98b7e341-e341-98b7-41e3-b79841e3b798',
  ),
  'OData-Version': header('odata-version', { enum: ['4.0', '4.01'] }, '4.0'),
  'request-id': header('request-id', text, '2d2a4ee8-6d2e-4b2c-9d0b-3c1f5a7e9b10'),
  'client-request-id': header('client-request-id', text, '2d2a4ee8-6d2e-4b2c-9d0b-3c1f5a7e9b10'),
  'WWW-Authenticate': header('unauthorized-challenge', text, 'Bearer realm=""'),
};

function references(names: readonly string[]): Json {
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

/** The response to a create (page, section "Response"), with the example of the page. */
export const createdResponse: Json = {
  description: `${created.reason}: the directoryObject.`,
  headers: references(Object.keys(headers).filter((name) => name !== 'WWW-Authenticate')),
  content: {
    [mediaType]: {
      schema: { $ref: '#/components/schemas/directoryObject' },
      examples: {
        documented: { summary: 'The example of the page', value: example.response.object },
      },
    },
  },
};

/** Codes that the service has been seen to send, or the nearest in its style; clients must accept any. */
const codes: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'InvalidAuthenticationToken',
  403: 'Authorization_RequestDenied',
  404: 'Request_ResourceNotFound',
  415: 'UnsupportedMediaType',
  422: 'UnprocessableEntity',
};

/**
 * The response that refuses with a status, with the service's error body. `refused`: the requirements
 * that allow it.
 * @throws Error for a status that no error code is known for.
 */
export function refusal(status: number, refused: readonly Judged[]): Json {
  const names = ['OData-Version', 'request-id', 'client-request-id'];
  if (status === 401) names.push('WWW-Authenticate');
  const code = codes[status];
  if (code === undefined) throw new Error(`no error code is known for the status ${status}`);
  return {
    description: `${refused.map((each) => `${capital(each.text)} (${each.id}).`).join(' ')} The page has no error section: this is the service's general one.`,
    headers: references(names),
    content: {
      [mediaType]: {
        schema: { $ref: '#/components/schemas/error' },
        example: { error: { code, message: `The request was refused with ${status}.` } },
      },
    },
  };
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
