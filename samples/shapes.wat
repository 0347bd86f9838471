;; Values that are one of several things. A variant travels as a discriminant and the payload of
;; one case; payloads of different cases share core values and memory. The adapter checks every
;; discriminant, clears unknown flags, and reads no payload but that of the case at hand.
;;
;;   variant shape { circle(f32), rectangle(tuple<f32, f32>), polygon(list<tuple<f32, f32>>), nothing }
;;   flags adjustments { doubled, rounded }
;;   enum problem { negative-size, too-few-corners }
;;
;;   area: func(shape: shape, how: option<adjustments>) -> result<f32, problem>
;;
;; Both components see the same interface, so the front only passes on what it gets: its core code
;; has the flat values, among which an f32 and an address share an i32.
(component $shapes

  (core module $libc
    (memory (export "memory") 1)
    (global $top (mut i32) (i32.const 16))
    (func (export "realloc") (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
      (local $new i32)
      ;; Only lists are allocated here, once each and never resized.
      (local.set $new
        (i32.and
          (i32.add (global.get $top) (i32.sub (local.get $align) (i32.const 1)))
          (i32.sub (i32.const 0) (local.get $align))))
      (global.set $top (i32.add (local.get $new) (local.get $size)))
      (if (i32.gt_u (global.get $top) (i32.mul (memory.size) (i32.const 65536)))
        (then
          (if (i32.eq (i32.const -1) (memory.grow (i32.add (i32.div_u (local.get $size) (i32.const 65536)) (i32.const 1))))
            (then unreachable))))
      (local.get $new)))

  (component $geometry
    (alias outer $shapes $libc (core module $libc))
    (core instance $libc (instantiate $libc))
    (core module $impl
      (import "libc" "memory" (memory 1))

      ;; result<f32, problem> is 8 bytes: the discriminant at 0, the payload at 4.
      (func $ok (param $area f32) (result i32)
        (i32.store8 offset=0 (i32.const 0) (i32.const 0))
        (f32.store offset=4 (i32.const 0) (local.get $area))
        (i32.const 0))
      (func $error (param $problem i32) (result i32)
        (i32.store8 offset=0 (i32.const 0) (i32.const 1))
        (i32.store8 offset=4 (i32.const 0) (local.get $problem))
        (i32.const 0))

      ;; The shoelace formula: half the sum of x·y' − x'·y over all edges.
      (func $polygon (param $at i32) (param $count i32) (result f32)
        (local $sum f32) (local $i i32) (local $next i32)
        (loop $edges
          (local.set $next (i32.add (local.get $at)
            (i32.mul (i32.rem_u (i32.add (local.get $i) (i32.const 1)) (local.get $count)) (i32.const 8))))
          (local.set $sum (f32.add (local.get $sum) (f32.sub
            (f32.mul (f32.load offset=0 (i32.add (local.get $at) (i32.mul (local.get $i) (i32.const 8)))) (f32.load offset=4 (local.get $next)))
            (f32.mul (f32.load offset=0 (local.get $next)) (f32.load offset=4 (i32.add (local.get $at) (i32.mul (local.get $i) (i32.const 8))))))))
          (br_if $edges (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $count))))
        (f32.abs (f32.mul (local.get $sum) (f32.const 0.5))))

      ;; shape: a discriminant, an i32 (an f32's bits, or an address), and an i32 for the second
      ;; number or the length; option<adjustments>: a discriminant and the flags.
      (func (export "area") (param $case i32) (param $a i32) (param $b i32) (param $how i32) (param $flags i32) (result i32)
        (local $area f32)
        (block $nothing (block $polygon (block $rectangle (block $circle
          (br_table $circle $rectangle $polygon $nothing (local.get $case)))
          ;; circle
          (if (f32.lt (f32.reinterpret_i32 (local.get $a)) (f32.const 0)) (then (return (call $error (i32.const 0)))))
          (local.set $area (f32.mul (f32.const 3.1415927)
            (f32.mul (f32.reinterpret_i32 (local.get $a)) (f32.reinterpret_i32 (local.get $a)))))
          (br $nothing))
          ;; rectangle
          (local.set $area (f32.mul (f32.reinterpret_i32 (local.get $a)) (f32.reinterpret_i32 (local.get $b))))
          (if (f32.lt (local.get $area) (f32.const 0)) (then (return (call $error (i32.const 0)))))
          (br $nothing))
          ;; polygon
          (if (i32.lt_u (local.get $b) (i32.const 3)) (then (return (call $error (i32.const 1)))))
          (local.set $area (call $polygon (local.get $a) (local.get $b))))
        (if (local.get $how)
          (then
            (if (i32.and (local.get $flags) (i32.const 1)) (then (local.set $area (f32.add (local.get $area) (local.get $area)))))
            (if (i32.and (local.get $flags) (i32.const 2)) (then (local.set $area (f32.nearest (local.get $area)))))))
        (call $ok (local.get $area))))
    (core instance $impl (instantiate $impl (with "libc" (instance $libc))))
    (type $shape-type (variant
      (case "circle" f32) (case "rectangle" (tuple f32 f32)) (case "polygon" (list (tuple f32 f32))) (case "nothing")))
    (export $shape "shape" (type $shape-type))
    (type $adjustments-type (flags "doubled" "rounded"))
    (export $adjustments "adjustments" (type $adjustments-type))
    (type $problem-type (enum "negative-size" "too-few-corners"))
    (export $problem "problem" (type $problem-type))
    (func (export "area") (param "shape" $shape) (param "how" (option $adjustments)) (result (result f32 (error $problem)))
      (canon lift (core func $impl "area")
        (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")))))

  (component $front
    (import "geometry" (instance $geometry
      (type $shape-type (variant
        (case "circle" f32) (case "rectangle" (tuple f32 f32)) (case "polygon" (list (tuple f32 f32))) (case "nothing")))
      (export "shape" (type $shape (eq $shape-type)))
      (type $adjustments-type (flags "doubled" "rounded"))
      (export "adjustments" (type $adjustments (eq $adjustments-type)))
      (type $problem-type (enum "negative-size" "too-few-corners"))
      (export "problem" (type $problem (eq $problem-type)))
      (export "area" (func (param "shape" $shape) (param "how" (option $adjustments)) (result (result f32 (error $problem)))))))
    (alias export $geometry "shape" (type $shape))
    (alias export $geometry "adjustments" (type $adjustments))
    (alias export $geometry "problem" (type $problem))
    (alias outer $shapes $libc (core module $libc))
    (core instance $libc (instantiate $libc))
    (core func $area (canon lower (func $geometry "area") (memory (core memory $libc "memory"))))
    (core module $impl
      (import "geometry" "area" (func $area (param i32 i32 i32 i32 i32 i32)))
      ;; The last argument says where the result goes: address 0, which no allocation has.
      (func (export "area") (param i32 i32 i32 i32 i32) (result i32)
        (call $area (local.get 0) (local.get 1) (local.get 2) (local.get 3) (local.get 4) (i32.const 0))
        (i32.const 0)))
    (core instance $impl (instantiate $impl (with "geometry" (instance (export "area" (func $area))))))
    (export $shape-out "shape" (type $shape))
    (export $adjustments-out "adjustments" (type $adjustments))
    (export $problem-out "problem" (type $problem))
    (func (export "area") (param "shape" $shape-out) (param "how" (option $adjustments-out)) (result (result f32 (error $problem-out)))
      (canon lift (core func $impl "area")
        (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")))))

  (instance $geometry (instantiate $geometry))
  (instance $front (instantiate $front (with "geometry" (instance $geometry))))
  (export $shape "shape" (type $front "shape"))
  (export $adjustments "adjustments" (type $front "adjustments"))
  (export $problem "problem" (type $front "problem"))
  (export "area" (func $front "area")
    (func (param "shape" $shape) (param "how" (option $adjustments)) (result (result f32 (error $problem))))))
