/** Marks on what is patched, so that a second copy of this package, or a second look, leaves it alone. */

const PATCHED = Symbol.for('eslint-plugin-pool:patched');

/** Whether it has the mark of its own, not of a prototype. */
export const hasMark = (target: object): boolean => Object.hasOwn(target, PATCHED);

/** The same; it has it afterwards. */
export function isMarked(target: object): boolean {
  if (hasMark(target)) return true;
  Object.defineProperty(target, PATCHED, { value: true });
  return false;
}

/** The prototype that has the method itself: this one, or one above it. */
export function ownerOf<Target extends object>(prototype: Target | null, method: keyof Target): Target | undefined {
  let owner = prototype;
  while (owner && !Object.hasOwn(owner, method)) owner = Object.getPrototypeOf(owner) as Target | null;
  return owner ?? undefined;
}

/** That of the driver, below any subclass of the program's. */
export const prototypeWith = <Target extends object>(target: Target, method: keyof Target): Target | undefined =>
  ownerOf(Object.getPrototypeOf(target) as Target | null, method);

type Constructor = abstract new (...args: never[]) => object;

/**
 * The class, with a look at each instance that is built through it. `instanceof`, subclasses and statics are those of the
 * class: a proxy with a trap for construction and nothing else. `trap` is the function above which the user's stack begins.
 */
export function watchConstruction<Class extends Constructor>(
  original: Class,
  onBuilt: (instance: InstanceType<Class>, trap: (...args: never[]) => unknown) => void,
): Class {
  const construct = (target: Class, args: never[], newTarget: abstract new (...args: never[]) => object): object => {
    const instance = Reflect.construct(target, args, newTarget) as InstanceType<Class>;
    onBuilt(instance, construct as never);
    return instance;
  };
  return new Proxy(original, { construct: construct as never });
}
