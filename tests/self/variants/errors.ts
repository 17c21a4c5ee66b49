import type { JsonObject } from '../../../fixtures/mock/request.ts';
import { onError, onRefusal } from '../mutants/defects/on.ts';
import { text, typed, without } from '../mutants/defects/rewrite.ts';
import { type Variant, variant } from './variant.ts';

/** The ids in capitals, and around other ones of a service behind this one. */
const layered = (error: JsonObject): JsonObject => {
  const { innerError, ...rest } = error;
  const own = JSON.parse(JSON.stringify(innerError).toUpperCase());
  const ids = { 'request-id': own['REQUEST-ID'], 'client-request-id': own['CLIENT-REQUEST-ID'] };
  return { ...rest, innerError: { ...ids, innererror: { 'request-id': 'behind' } } };
};

const inner = (error: JsonObject): JsonObject => {
  const { innerError = {}, ...rest } = error;
  return { ...rest, innererror: { code: 'outer', innererror: innerError } };
};

export const errors: Variant[] = [
  variant('error-details', 'OData JSON 21.1: target and details may occur.', () =>
    onError((error) => ({
      error: {
        ...error,
        target: 'deletedDateTime',
        details: [{ code: 'InvalidValue', message: 'Not valid.', target: 'deletedDateTime' }],
      },
    })),
  ),
  variant('error-inner-nested', 'FACTS 3: innererror in lower case, and nested.', () =>
    onError((error) => ({ error: inner(error) })),
  ),
  variant('error-ids-layered', 'RFC 9562 4: a GUID in any case; FACTS 3: it may nest.', () =>
    onError((error) => ({ error: layered(error) })),
  ),
  variant(
    'error-ids-only-inside',
    'OData 9.4: the service may name ids in the body alone.',
    () => onRefusal('all', (a) => without(a, 'request-id', 'client-request-id')),
    ['client-request-id', 'request-id'],
  ),
  variant('error-bare', 'OData 9.4: only code and message are required.', () =>
    onError(({ code = '', message: text = '' }) => ({ error: { code, message: text } })),
  ),
  variant('error-annotated', 'OData JSON 21.1: an error may carry annotations.', () =>
    onError((error) => ({ error: { ...error, '@vendor.retry': false }, '@vendor.note': 1 })),
  ),
  variant('error-unknown-code', 'FACTS 3: clients accept unknown codes.', () =>
    onError((error) => ({ error: { ...error, code: 'generalException' } })),
  ),
  variant('error-foreign-message', 'FACTS 3: nobody branches on the message.', () =>
    onError((error) => ({ error: { ...error, message: 'Geçersiz istek: İ ı — 無効' } })),
  ),
  variant('error-media-type', 'OData JSON 3.1: errors may carry parameters too.', () =>
    onRefusal('all', typed('application/json; odata.metadata=minimal; charset=utf-8')),
  ),
  variant('error-indented', 'RFC 8259 2: white space between tokens, in errors too.', () =>
    onRefusal(
      'all',
      text((body) => `${JSON.stringify(JSON.parse(body), undefined, 2)}\n`),
    ),
  ),
];
