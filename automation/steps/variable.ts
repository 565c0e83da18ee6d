import { type DataType, isOfType, typeName } from '../document/values.ts';
import { invalidInput } from '../run/failure.ts';
import type { Action } from './action.ts';

/** The page of aws:updateVariable: "data type conversions aren't supported", and the limits. */
function checkVariable(value: unknown, type: DataType): string | undefined {
  if (!isOfType(value, type)) return `expected ${type}, not ${typeName(value)}`;
  if (type === 'String' && ((value as string).length < 1 || (value as string).length > 512)) {
    return `a String has 1 to 512 characters, not ${(value as string).length}`;
  }
  if (type === 'StringList' && (value as unknown[]).length > 50) {
    return `a StringList has up to 50 items, not ${(value as unknown[]).length}`;
  }
  if (type === 'MapList' && (value as unknown[]).length > 200) {
    return `a MapList has up to 200 items, not ${(value as unknown[]).length}`;
  }
  const maps = (type === 'MapList' ? value : type === 'StringMap' ? [value] : []) as object[];
  const long = maps.flatMap(Object.keys).find((key) => key.length < 1 || key.length > 50);
  return long === undefined ? undefined : `a key has 1 to 50 characters, not ${JSON.stringify(long)}`;
}

export const updateVariable: Action<'aws:updateVariable'> = {
  run: async ({ Name, Value }, { document, variables }) => {
    const name = Name.slice('variable:'.length);
    const declared = document.variables[name];
    const wrong = declared ? checkVariable(Value, declared.type) : 'it is not declared';
    if (wrong) throw invalidInput(`the variable ${name}: ${wrong}`);
    variables.set(name, Value);
    return {};
  },
};
