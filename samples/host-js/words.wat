;; Counts the words of a text with what its host has: a resource `text`, which the host keeps, and a log.
;;
;;   count: func(text: string) -> u32
(component
  (import "host:texts/texts" (instance $texts
    (export "text" (type $text (sub resource)))
    (export "[constructor]text" (func (param "content" string) (result (own $text))))
    (export "[method]text.words" (func (param "self" (borrow $text)) (result (list string))))))
  (import "log" (func $log (param "line" string) (param "lengths" (list u32))))
  (alias export $texts "text" (type $text))
  (alias export $texts "[constructor]text" (func $new))
  (alias export $texts "[method]text.words" (func $words))

  (core module $libc
    (memory (export "memory") 1)
    (global $top (mut i32) (i32.const 1024))
    (func (export "realloc") (param i32 i32 i32 i32) (result i32)
      (global.set $top (i32.and (i32.add (global.get $top) (i32.const 7)) (i32.const -8)))
      (global.get $top)
      (global.set $top (i32.add (global.get $top) (local.get 3)))))
  (core instance $libc (instantiate $libc))
  (alias core export $libc "memory" (core memory $memory))
  (alias core export $libc "realloc" (core func $realloc))

  (core func $new (canon lower (func $new) (memory $memory)))
  (core func $words (canon lower (func $words) (memory $memory) (realloc $realloc)))
  (core func $log (canon lower (func $log) (memory $memory)))
  (core func $drop (canon resource.drop $text))
  (core module $guest
    (import "libc" "memory" (memory 1))
    (import "host" "new" (func $new (param i32 i32) (result i32)))
    (import "host" "words" (func $words (param i32 i32)))
    (import "host" "log" (func $log (param i32 i32 i32 i32)))
    (import "host" "drop" (func $drop (param i32)))
    ;; At 0 the words, as an address and a number; from 64 on their lengths.
    (func (export "count") (param $text i32) (param $length i32) (result i32)
      (local $handle i32) (local $i i32) (local $count i32)
      (local.set $handle (call $new (local.get $text) (local.get $length)))
      (call $words (local.get $handle) (i32.const 0))
      (local.set $count (i32.load (i32.const 4)))
      (loop $next
        (if (i32.lt_u (local.get $i) (local.get $count))
          (then
            (i32.store offset=64 (i32.mul (local.get $i) (i32.const 4))
              (i32.load offset=4 (i32.add (i32.load (i32.const 0)) (i32.mul (local.get $i) (i32.const 8)))))
            (local.set $i (i32.add (local.get $i) (i32.const 1)))
            (br $next))))
      (call $log (local.get $text) (local.get $length) (i32.const 64) (local.get $count))
      (call $drop (local.get $handle))
      (local.get $count)))
  (core instance $guest (instantiate $guest
    (with "libc" (instance $libc))
    (with "host" (instance (export "new" (func $new)) (export "words" (func $words)) (export "log" (func $log)) (export "drop" (func $drop))))))
  (func (export "count") (param "text" string) (result u32)
    (canon lift (core func $guest "count") (memory $memory) (realloc $realloc))))
