import { type Exchange, headerValues, requestIdHeader } from '../../schemas/files/recording.ts';
import type { Evidence } from '../../schemas/files/report.ts';
import { excerpt } from '../requirements/match/json.ts';

/** Where to find an exchange again, here and by the service's support. */
export function evidenceOf(exchange: Exchange): Evidence {
  const { requestCase, request, at, response, failure, evidence = '' } = exchange;
  const [requestId] = headerValues(response?.headers ?? [], 'request-id');
  const [clientRequestId] = headerValues(request.headers, requestIdHeader);
  return {
    request: `${requestCase.name} on /${requestCase.route}`,
    name: requestCase.name,
    failure: failure?.kind,
    at,
    requestId: requestId && excerpt(requestId),
    clientRequestId,
    recorded: evidence,
  };
}
