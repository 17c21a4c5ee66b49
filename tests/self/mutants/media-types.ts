import { onCreate } from './defects/on.ts';
import { header, typed, withLine, without } from './defects/rewrite.ts';
import { type Mutant, mutant } from './mutant.ts';

export const mediaTypes: Mutant[] = [
  mutant('content-type-missing', 'A created object comes without Content-Type.', () =>
    onCreate((a) => without(a, 'Content-Type')),
  ),
  mutant('content-type-text-json', 'The media type is text/json.', () =>
    onCreate(typed('text/json; odata.metadata=minimal; charset=utf-8')),
  ),
  mutant('content-type-text-plain', 'The media type is text/plain.', () =>
    onCreate(typed('text/plain; odata.metadata=minimal; charset=utf-8')),
  ),
  mutant('content-type-problem', 'A success has the media type of RFC 9457 problems.', () =>
    onCreate(typed('application/problem+json; odata.metadata=minimal')),
  ),
  mutant('content-type-latin-1', 'The charset says ISO-8859-1.', () =>
    onCreate(typed('application/json;odata.metadata=minimal;charset=iso-8859-1')),
  ),
  mutant('content-type-utf-16', 'The charset says UTF-16.', () =>
    onCreate(typed('application/json;odata.metadata=minimal;charset=utf-16')),
  ),
  mutant('content-type-twice', 'The same Content-Type line comes twice.', () =>
    onCreate((a) => withLine(a, 'Content-Type', header(a, 'Content-Type') ?? '')),
  ),
  mutant('content-type-contradiction', 'A second Content-Type line says text/html.', () =>
    onCreate((a) => withLine(a, 'Content-Type', 'text/html')),
  ),
  mutant('content-type-list', 'One Content-Type line holds two media types.', () =>
    onCreate(typed('application/json;odata.metadata=minimal, text/html')),
  ),
];
