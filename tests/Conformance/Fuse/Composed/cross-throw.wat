;;! run(5)
(component
  (core module $a
    (tag $e (export "e") (param i32))
    (func (export "t") (param i32) (throw $e (local.get 0))))
  (core instance $a (instantiate $a))
  (core module $b
    (import "a" "e" (tag $e (param i32))) (import "a" "t" (func $t (param i32)))
    (tag $own (param i32))
    (func (export "run") (param i32) (result i32)
      (block $h
        (result i32)
        (try_table
          (result i32)
          (catch $own $h)
          (block $i (result i32) (try_table (catch $e $i) (call $t (local.get 0))) (i32.const 0))
          (throw $own (i32.add (i32.const 1)))))))
  (core instance $b (instantiate $b (with "a" (instance $a))))
  (func (export "run") (param "x" u32) (result u32) (canon lift (core func $b "run"))))
