;;! run({f0, f31})
;;! none({})
(component
  (component $A
    (core module $m (func (export "f") (param i32) (result i32) (i32.xor (local.get 0) (i32.const -1))))
    (core instance $i (instantiate $m))
    (type $t'
      (flags "f0" "f1" "f2" "f3" "f4" "f5" "f6" "f7" "f8" "f9" "f10" "f11" "f12" "f13" "f14" "f15"
      "f16" "f17" "f18" "f19" "f20" "f21" "f22" "f23" "f24" "f25" "f26" "f27" "f28" "f29" "f30" "f31"))
    (export $t "t" (type $t'))
    (func (export "f") (param "x" $t) (result $t) (canon lift (core func $i "f"))))
  (instance $a (instantiate $A))
  (alias export $a "t" (type $t))
  (export $t2 "t" (type $t))
  (core func $f (canon lower (func $a "f")))
  (core module $m
    (import "" "f" (func $f (param i32) (result i32)))
    (func (export "run") (param i32) (result i32) (call $f (local.get 0))))
  (core instance $i (instantiate $m (with "" (instance (export "f" (func $f))))))
  (func (export "run") (param "x" $t2) (result $t2) (canon lift (core func $i "run")))
  (func (export "none") (param "x" $t2) (result $t2) (canon lift (core func $i "run"))))
