;; Asynchronous functions, and streams both ways. Its code waits where it stands.
(component
  (import "price" (func $price async (param "of" u32) (result u32)))
  (type $bytes (stream u8))
  (type $numbers (stream u32))
  (core module $memory (memory (export "memory") 1))
  (core instance $memory (instantiate $memory))
  (core func $price (canon lower (func $price)))
  (core func $read (canon stream.read $bytes (memory (core memory $memory "memory"))))
  (core func $drop-readable (canon stream.drop-readable $bytes))
  (core func $new (canon stream.new $numbers))
  (core func $write (canon stream.write $numbers (memory (core memory $memory "memory"))))
  (core func $drop-writable (canon stream.drop-writable $numbers))
  (core func $return (canon task.return (result $numbers)))
  (core module $impl
    (import "" "memory" (memory 1))
    (import "" "price" (func $price (param i32) (result i32)))
    (import "" "read" (func $read (param i32 i32 i32) (result i32)))
    (import "" "drop-readable" (func $drop-readable (param i32)))
    (import "" "new" (func $new (result i64)))
    (import "" "write" (func $write (param i32 i32 i32) (result i32)))
    (import "" "drop-writable" (func $drop-writable (param i32)))
    (import "" "return" (func $return (param i32)))
    ;; The sum of all bytes: up to 1,000 at a time, until the other end is dropped.
    (func (export "sum") (param $from i32) (result i32) (local $status i32) (local $at i32) (local $sum i32)
      (loop $more
        (local.set $status (call $read (local.get $from) (i32.const 0) (i32.const 1000)))
        (local.set $at (i32.shr_u (local.get $status) (i32.const 4)))
        (loop $next
          (if (local.get $at)
            (then
              (local.set $at (i32.sub (local.get $at) (i32.const 1)))
              (local.set $sum (i32.add (local.get $sum) (i32.load8_u (local.get $at))))
              (br $next))))
        (br_if $more (i32.eqz (i32.and (local.get $status) (i32.const 0xf)))))
      (call $drop-readable (local.get $from))
      (local.get $sum))
    ;; The prices of 0, 1, 2 …, each when it is known.
    (func (export "prices") (param $count i32) (local $ends i64) (local $to i32) (local $i i32)
      (local.set $ends (call $new))
      (local.set $to (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
      (call $return (i32.wrap_i64 (local.get $ends)))
      (block $end
        (loop $more
          (br_if $end (i32.eq (local.get $i) (local.get $count)))
          (i32.store (i32.const 0) (call $price (local.get $i)))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br_if $more (i32.eqz (i32.and (call $write (local.get $to) (i32.const 0) (i32.const 1)) (i32.const 0xf))))))
      (call $drop-writable (local.get $to))))
  (core instance $impl (instantiate $impl (with "" (instance
    (export "memory" (memory $memory "memory"))
    (export "price" (func $price)) (export "read" (func $read)) (export "drop-readable" (func $drop-readable))
    (export "new" (func $new)) (export "write" (func $write)) (export "drop-writable" (func $drop-writable)) (export "return" (func $return))))))
  (func (export "sum") async (param "from" $bytes) (result u32) (canon lift (core func $impl "sum")))
  (func (export "prices") async (param "count" u32) (result $numbers) (canon lift (core func $impl "prices") async)))
