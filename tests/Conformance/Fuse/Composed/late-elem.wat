;;! run(5)
(component
  (import "note" (func $note (param "x" u32)))
  (core func $n (canon lower (func $note)))
  (core module $t
    (table (export "t") 4 funcref)
    (func $old (param i32) (result i32) (i32.const 7))
    (elem (i32.const 0) $old))
  (core instance $t (instantiate $t))
  (core module $early
    (import "" "t" (table 4 funcref)) (import "" "n" (func $n (param i32)))
    (type $f (func (param i32) (result i32)))
    (func $s (call $n (call_indirect (type $f) (i32.const 0) (i32.const 0))))
    (start $s)
    (func (export "run") (param i32) (result i32) (call_indirect (type $f) (local.get 0) (i32.const 0))))
  (core instance $e (instantiate $early (with "" (instance (export "t" (table $t "t")) (export "n" (func $n))))))
  (core module $late
    (import "" "t" (table 4 funcref))
    (func $new (param i32) (result i32) (i32.const 8))
    (elem (i32.const 0) $new))
  (core instance $l (instantiate $late (with "" (instance (export "t" (table $t "t"))))))
  (func (export "run") (param "x" u32) (result u32) (canon lift (core func $e "run"))))
