import type { Remark } from '../requirement.ts';
import { isSuccess } from './object.ts';

/** The name of the request that sends a reference in place of an object. */
const referenceRequest = 'reference';

/** Which of the two forms of a body a target takes: the page's object, OData's reference. */
export function bodyForms(): Remark {
  let [objects, references]: (boolean | undefined)[] = [];
  return {
    note({ requestCase: { kind, name }, response }) {
      if (response === undefined) return;
      const isTaken = isSuccess(response);
      if (name === referenceRequest) references = isTaken;
      else if (kind === 'create' || kind === 'example') objects = objects === true || isTaken;
    },
    text() {
      if (objects === undefined || references === undefined) return undefined;
      if (objects)
        return references ? 'takes objects and references' : 'takes objects, not references';
      return references ? 'takes references, not objects' : 'takes neither objects nor references';
    },
  };
}

/** The same, but only where it explains why creates are refused. */
export function onlyReferences(): Remark {
  const { note, text } = bodyForms();
  return { note, text: () => (text() === 'takes references, not objects' ? text() : undefined) };
}
