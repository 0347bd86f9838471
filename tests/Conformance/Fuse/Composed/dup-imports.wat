;;! run(5)
(component
  (import "note" (func $note (param "x" u32)))
  (core func $n (canon lower (func $note)))
  (core module $g
    (global (export "v") v128 (v128.const i32x4 1 2 3 4))
    (func (export "dup") (param i32) (result i32) (i32.add (local.get 0) (i32.const 3))))
  (core instance $g (instantiate $g))
  (core module $m
    (import "" "n" (func $n (param i32))) (import "" "d" (func $d (param i32) (result i32))) (import "" "v" (global $v v128))
    (func (export "run") (param i32) (result i32)
      (call $n (local.get 0))
      (call $n (i32x4.extract_lane 2 (i32x4.add (global.get $v) (global.get $v))))
      (return_call $d (call $d (local.get 0)))))
  (core instance $i (instantiate $m (with "" (instance (export "n" (func $n)) (export "d" (func $g "dup")) (export "v" (global $g "v"))))))
  (func (export "run") (param "x" u32) (result u32) (canon lift (core func $i "run"))))
