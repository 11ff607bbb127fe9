// libp2p's components are classes that others hold already, and a proxy that resists being spread: one of their parts is given other methods
// without touching it.

/** The same components, of which the part called `name` answers with `methods`, and for the rest as before. */
export const withMethods = <Name extends string, Part extends object, Components extends { readonly [name in Name]: Part }>(
  components: Components,
  name: Name,
  methods: Partial<Part>,
): Components => {
  const part = Object.assign(Object.create(components[name]) as Part, methods)
  return new Proxy(components, { get: (target, asked): unknown => (asked === name ? part : Reflect.get(target, asked)) })
}
