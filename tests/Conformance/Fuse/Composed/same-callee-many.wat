;;! x(5)
;;! y(5)
;;! z(5)
(component
  (component $A
    (core module $m
      (global $g (mut i32) (i32.const 0))
      (func (export "f") (param i32) (result i32) (global.set $g (i32.add (global.get $g) (local.get 0))) (global.get $g)))
    (core instance $i (instantiate $m))
    (func (export "f") (param "x" u32) (result u32) (canon lift (core func $i "f"))))
  (instance $a (instantiate $A))
  (instance $b (instantiate $A))
  (component $S
    (import "a" (func $a (param "x" u32) (result u32)))
    (import "b" (func $b (param "x" u32) (result u32)))
    (export "x" (func $b))
    (export "y" (func $a)))
  (instance $s (instantiate $S (with "a" (func $a "f")) (with "b" (func $b "f"))))
  (instance $s2 (instantiate $S (with "a" (func $s "x")) (with "b" (func $s "y"))))
  (export "x" (func $s2 "x"))
  (export "y" (func $s2 "y"))
  (export "z" (func $a "f")))
