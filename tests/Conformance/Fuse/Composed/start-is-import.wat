;;! f()
(component
  (import "note" (func $note (param "x" u32)))
  (component $A
    (import "note" (func $note (param "x" u32)))
    (core func $n (canon lower (func $note)))
    (core module $m
      (import "" "n" (func $n (param i32)))
      (global $g (mut i32) (i32.const 40))
      (func (export "f") (call $n (global.get $g)) (global.set $g (i32.add (global.get $g) (i32.const 1)))))
    (core instance $i (instantiate $m (with "" (instance (export "n" (func $n))))))
    (func (export "f") (canon lift (core func $i "f"))))
  (instance $a (instantiate $A (with "note" (func $note))))
  (core func $f (canon lower (func $a "f")))
  (core module $m (import "" "f" (func $f)) (start $f))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))
  (core instance (instantiate $m (with "" (instance (export "f" (func $f))))))
  (export "f" (func $a "f")))
