;; The smallest adapter: a call that passes numbers only. It translates nothing, but it still
;; keeps the rules of a call between components: see it with
;;
;;   fact compile samples/numbers.wat --text -o out
;;
;;   distance: func(x: f64, y: f64) -> f64      the distance of a point from the origin
(component
  (component $arithmetic
    (core module $impl
      (func (export "hypotenuse") (param $a f64) (param $b f64) (result f64)
        (f64.sqrt (f64.add
          (f64.mul (local.get $a) (local.get $a))
          (f64.mul (local.get $b) (local.get $b))))))
    (core instance $impl (instantiate $impl))
    (func (export "hypotenuse") (param "a" f64) (param "b" f64) (result f64)
      (canon lift (core func $impl "hypotenuse"))))

  (component $geometry
    (import "hypotenuse" (func $hypotenuse (param "a" f64) (param "b" f64) (result f64)))
    (core func $hypotenuse (canon lower (func $hypotenuse)))
    (core module $impl
      (import "arithmetic" "hypotenuse" (func $hypotenuse (param f64 f64) (result f64)))
      (func (export "distance") (param $x f64) (param $y f64) (result f64)
        (call $hypotenuse (local.get $x) (local.get $y))))
    (core instance $impl (instantiate $impl
      (with "arithmetic" (instance (export "hypotenuse" (func $hypotenuse))))))
    (func (export "distance") (param "x" f64) (param "y" f64) (result f64)
      (canon lift (core func $impl "distance"))))

  (instance $arithmetic (instantiate $arithmetic))
  (instance $geometry (instantiate $geometry (with "hypotenuse" (func $arithmetic "hypotenuse"))))
  (export "distance" (func $geometry "distance")))
