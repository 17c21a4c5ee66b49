import { type Exchange, headerValues, requestIdHeader } from '../../schemas/files/recording.ts';
import { jsonOf } from '../requirements/match/object.ts';
import { type Fact, fact } from './fact.ts';
import { address, idIn } from './normalise-body.ts';

const lists = ['Allow', 'Preference-Applied'];

/** The headers that clients of the service read; of ids only that they are there. */
export function headersOf({ response, request }: Exchange, root: string): Fact[] {
  const sent = headerValues(request.headers, requestIdHeader)[0];
  const inAnswer = (value: string) => {
    const told = address(value, root, response && idIn(jsonOf(response)));
    const whole = URL.canParse(value) || !URL.canParse(value, `${root}/`);
    return whole ? told : `relative ${told}`;
  };
  const words: Record<string, (value: string) => string> = {
    'OData-Version': (value) => value,
    Location: inAnswer,
    'OData-EntityId': inAnswer,
    'request-id': () => 'an id',
    'client-request-id': (value) => (value === sent ? 'the id that was sent' : 'another id'),
    'WWW-Authenticate': (value) => value.split(/[\s,]/)[0] ?? '',
    Allow: (value) =>
      value
        .split(',')
        .map((method) => method.trim())
        .sort()
        .join(', '),
    'Retry-After': () => 'a wait',
    ETag: () => 'a tag',
    'Preference-Applied': (value) => value,
  };
  return Object.entries(words).map(([name, inWords]) => {
    const lines = headerValues(response?.headers ?? [], name).filter((value) => value !== '');
    // RFC 9110 §5.3: the lines of a list are one list; of a header with one value they contradict.
    const values = lists.includes(name) && lines.length > 0 ? [lines.join(', ')] : lines;
    return fact('headers', name, values.map(inWords).join(' and ') || 'absent');
  });
}
