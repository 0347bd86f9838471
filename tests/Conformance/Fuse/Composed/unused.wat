;;! f(1)
(component
  (import "note" (func $note (param "x" u32)))
  (core module $unused (import "x" "y" (func)) (memory 65536) (func (export "z") unreachable))
  (component $unused (import "z" (func)))
  (core func $n (canon lower (func $note)))
  (core module $m
    (import "" "n" (func (param i32))) (import "" "m" (memory 1)) (import "" "g" (global i32)) (import "" "t" (table 1 funcref))
    (func (export "f") (param i32) (result i32) (local.get 0)))
  (core module $l
    (memory (export "m") 1)
    (global (export "g") i32 (i32.const 1))
    (table (export "t") 1 funcref))
  (core instance $l (instantiate $l))
  (core instance $i
    (instantiate $m
      (with "" (instance (export "n" (func $n)) (export "m" (memory $l "m")) (export "g" (global $l "g")) (export "t" (table $l "t"))))))
  (core instance (export "a" (func $n)))
  (core func (canon lower (func $note)))
  (type $r (resource (rep i32)))
  (core func (canon resource.new $r))
  (instance $e)
  (instance (export "x" (instance $e)))
  (func (export "f") (param "x" u32) (result u32) (canon lift (core func $i "f")))
  (export "empty" (instance $e)))
