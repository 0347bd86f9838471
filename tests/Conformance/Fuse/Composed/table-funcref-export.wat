;;! run(5)
(component
  (core module $a
    (table $t (export "t") 3 10 funcref)
    (table $u (export "u") 2 externref)
    (elem declare func $f)
    (func $f (export "f") (param i32) (result i32) (i32.mul (local.get 0) (i32.const 3)))
    (global (export "fr") funcref (ref.func $f))
    (func (export "grow") (result i32) (table.grow $t (ref.func $f) (i32.const 2))))
  (core instance $a (instantiate $a))
  (core module $b
    (import "a" "t" (table $t 3 funcref)) (import "a" "u" (table $u 2 externref)) (import "a" "fr" (global $fr funcref))
    (import "a" "grow" (func $grow (result i32)))
    (type $ft (func (param i32) (result i32)))
    (elem (table $t) (i32.const 0) funcref (global.get $fr) (ref.null func))
    (func (export "run") (param i32) (result i32)
      (i32.add
        (i32.add
          (call_indirect $t (type $ft) (local.get 0) (i32.const 0))
          (call_indirect $t (type $ft) (local.get 0) (i32.add (call $grow) (i32.const 1))))
        (i32.add (table.size $t) (ref.is_null (table.get $u (i32.const 1)))))))
  (core instance $b (instantiate $b (with "a" (instance $a))))
  (func (export "run") (param "x" u32) (result u32) (canon lift (core func $b "run"))))
