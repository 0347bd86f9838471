;;! f(5)
(component
  (import "host:api/log@0.2.0" (instance $l (export "note" (func (param "x" u32)))))
  (import "host:api/log@0.2.1" (instance $l2 (export "note" (func (param "x" u32)))))
  (import "log" (instance $l3 (export "note" (func (param "x" u32)))))
  (core func $a (canon lower (func $l "note")))
  (core func $b (canon lower (func $l2 "note")))
  (core func $c (canon lower (func $l3 "note")))
  (core module $m
    (import "" "a" (func $a (param i32))) (import "" "b" (func $b (param i32))) (import "" "c" (func $c (param i32)))
    (func (export "f") (param i32) (call $a (local.get 0)) (call $b (i32.const 6)) (call $c (i32.const 7))))
  (core instance $i (instantiate $m (with "" (instance (export "a" (func $a)) (export "b" (func $b)) (export "c" (func $c))))))
  (func (export "f") (param "x" u32) (canon lift (core func $i "f"))))
