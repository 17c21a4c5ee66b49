/**
 * What in an object's names breaks the order that `streaming=true` promises (OData JSON 4.4), in
 * words; undefined: nothing. In: the object as JSON.parse makes it, which keeps the order of its
 * text, but for names that are whole numbers: those cannot be judged.
 */
export function orderFault(object: Readonly<Record<string, unknown>>): string | undefined {
  const names = Object.keys(object).filter((name) => !/^\d+$/.test(name));
  const place = (control: string) =>
    names.findIndex((name) => name === `@odata.${control}` || name === `@${control}`);
  const context = place('context');
  if (context > 0) return 'a context that is not first';
  const type = place('type');
  if (type > context + 1) return `a type that is not ${context === 0 ? 'next' : 'first'}`;
  const property = names.findIndex((name) => !name.startsWith('@'));
  const late = ['id', 'etag'].find((control) => property !== -1 && place(control) > property);
  return late && `@odata.${late} behind a property`;
}
