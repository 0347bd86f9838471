;;! run(5)
(component
  (core module $a
    (rec (type $s (struct (field (mut i32)))) (type $f (func (param (ref $s)) (result i32))))
    (type $arr (array (mut i8)))
    (func (export "new") (param i32) (result (ref $s)) (struct.new $s (local.get 0)))
    (func $get (export "get") (type $f) (struct.get $s 0 (local.get 0)))
    (global (export "gf") (ref $f) (ref.func $get))
    (global (export "ga") (ref null $arr) (array.new $arr (i32.const 7) (i32.const 3))))
  (core instance $a (instantiate $a))
  (core module $b
    (type $other (func))
    (rec (type $s (struct (field (mut i32)))) (type $f (func (param (ref $s)) (result i32))))
    (type $arr (array (mut i8)))
    (rec (type $s2 (struct (field (mut i32)))))
    (import "a" "new" (func $new (param i32) (result (ref $s)))) (import "a" "gf" (global $gf (ref $f)))
    (import "a" "ga" (global $ga (ref null $arr))) (import "a" "get" (func $get (type $f)))
    (func (export "run") (param i32) (result i32) (local $x (ref $s))
      (local.set $x (call $new (local.get 0)))
      (i32.add
        (i32.add (call_ref $f (local.get $x) (global.get $gf)) (array.get_u $arr (global.get $ga) (i32.const 1)))
        (i32.add (ref.test (ref $s2) (local.get $x)) (i32.mul (i32.const 10) (ref.test (ref $s) (local.get $x)))))))
  (core instance $b (instantiate $b (with "a" (instance $a))))
  (func (export "run") (param "x" u32) (result u32) (canon lift (core func $b "run"))))
