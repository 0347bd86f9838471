(component
  (core module $m)
  (core instance (instantiate $m))
  (component $c)
  (instance $c (instantiate $c))
  (export "c" (instance $c)))
