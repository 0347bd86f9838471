;; The smallest adapter: a call that passes numbers only. It does no more than keep 16 bits of each,
;; as the rules of a call between components have it: see it with
;;
;;   fact compile samples/numbers.wat --text -o out
;;
;;   distance: func(x: s16, y: s16) -> f64      the distance of a point from the origin
(component
  (component $arithmetic
    (core module $impl
      (func (export "hypotenuse") (param $a i32) (param $b i32) (result f64)
        (f64.sqrt (f64.convert_i32_u (i32.add
          (i32.mul (local.get $a) (local.get $a))
          (i32.mul (local.get $b) (local.get $b)))))))
    (core instance $impl (instantiate $impl))
    (func (export "hypotenuse") (param "a" s16) (param "b" s16) (result f64)
      (canon lift (core func $impl "hypotenuse"))))

  (component $geometry
    (import "hypotenuse" (func $hypotenuse (param "a" s16) (param "b" s16) (result f64)))
    (core func $hypotenuse (canon lower (func $hypotenuse)))
    (core module $impl
      (import "arithmetic" "hypotenuse" (func $hypotenuse (param i32 i32) (result f64)))
      (func (export "distance") (param $x i32) (param $y i32) (result f64)
        (call $hypotenuse (local.get $x) (local.get $y))))
    (core instance $impl (instantiate $impl
      (with "arithmetic" (instance (export "hypotenuse" (func $hypotenuse))))))
    (func (export "distance") (param "x" s16) (param "y" s16) (result f64)
      (canon lift (core func $impl "distance"))))

  (instance $arithmetic (instantiate $arithmetic))
  (instance $geometry (instantiate $geometry (with "hypotenuse" (func $arithmetic "hypotenuse"))))
  (export "distance" (func $geometry "distance")))
