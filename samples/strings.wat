;; One string, three encodings. Three components are chained, and each has its own idea of what a
;; string is: UTF-8, UTF-16, and Latin-1 where that is enough.
;;
;;   measure: func(text: string) -> measures
;;       how long the text is in each of them
;;   echo: func(text: string) -> string
;;       there and back: utf8 -> utf16 -> latin1+utf16 -> utf16 -> utf8
(component $strings

  ;; An arena: allocations follow one another, and `reset` takes them all back.
  (core module $arena
    (memory (export "memory") 1)
    (global $top (mut i32) (i32.const 16))
    (func (export "realloc") (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
      (local $new i32)
      (if (i32.and (i32.ne (local.get $old) (i32.const 0)) (i32.le_u (local.get $size) (local.get $old-size)))
        (then (return (local.get $old))))
      (local.set $new
        (i32.and
          (i32.add (global.get $top) (i32.sub (local.get $align) (i32.const 1)))
          (i32.sub (i32.const 0) (local.get $align))))
      (global.set $top (i32.add (local.get $new) (local.get $size)))
      (if (i32.gt_u (global.get $top) (i32.mul (memory.size) (i32.const 65536)))
        (then
          (if (i32.eq (i32.const -1) (memory.grow (i32.add (i32.div_u (local.get $size) (i32.const 65536)) (i32.const 1))))
            (then unreachable))))
      (memory.copy (local.get $new) (local.get $old) (local.get $old-size))
      (local.get $new))
    ;; The same with the parameter that a post-return function gets: the callee's core result.
    (func (export "reset") (param $result i32) (global.set $top (i32.const 16))))

  ;; Latin-1 or UTF-16: the highest bit of a length says that the string is UTF-16.
  (component $compact
    (alias outer $strings $arena (core module $arena))
    (core instance $arena (instantiate $arena))
    (core module $impl
      (import "arena" "memory" (memory 1))
      (import "arena" "realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))
      (func (export "is-latin1") (param $text i32) (param $length i32) (result i32)
        (i32.ge_s (local.get $length) (i32.const 0)))
      ;; The string that came goes back, by a pair of address and length. The adapter calls
      ;; post-return when it has read the result: only then may the memory be used again.
      (func (export "echo") (param $text i32) (param $length i32) (result i32)
        (local $result i32)
        (local.set $result (call $realloc (i32.const 0) (i32.const 0) (i32.const 4) (i32.const 8)))
        (i32.store offset=0 (local.get $result) (local.get $text))
        (i32.store offset=4 (local.get $result) (local.get $length))
        (local.get $result)))
    (core instance $impl (instantiate $impl (with "arena" (instance $arena))))
    (func (export "is-latin1") (param "text" string) (result bool)
      (canon lift (core func $impl "is-latin1")
        (memory (core memory $arena "memory")) (realloc (core func $arena "realloc"))
        string-encoding=latin1+utf16 (post-return (core func $arena "reset"))))
    (func (export "echo") (param "text" string) (result string)
      (canon lift (core func $impl "echo")
        (memory (core memory $arena "memory")) (realloc (core func $arena "realloc"))
        string-encoding=latin1+utf16 (post-return (core func $arena "reset")))))

  ;; UTF-16: a length counts units of two bytes.
  (component $wide
    (import "is-latin1" (func $is-latin1 (param "text" string) (result bool)))
    (import "echo" (func $echo (param "text" string) (result string)))
    (alias outer $strings $arena (core module $arena))
    (core instance $arena (instantiate $arena))
    (core func $is-latin1 (canon lower (func $is-latin1)
      (memory (core memory $arena "memory")) string-encoding=utf16))
    (core func $echo (canon lower (func $echo)
      (memory (core memory $arena "memory")) (realloc (core func $arena "realloc")) string-encoding=utf16))
    (core module $impl
      (import "arena" "memory" (memory 1))
      (import "arena" "realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))
      (import "compact" "is-latin1" (func $is-latin1 (param i32 i32) (result i32)))
      (import "compact" "echo" (func $echo (param i32 i32 i32)))
      ;; tuple<u32, bool>: the length at 0, the truth value at 4
      (func (export "measure") (param $text i32) (param $length i32) (result i32)
        (local $result i32)
        (local.set $result (call $realloc (i32.const 0) (i32.const 0) (i32.const 4) (i32.const 8)))
        (i32.store offset=0 (local.get $result) (local.get $length))
        (i32.store8 offset=4 (local.get $result) (call $is-latin1 (local.get $text) (local.get $length)))
        (local.get $result))
      (func (export "echo") (param $text i32) (param $length i32) (result i32)
        (local $result i32)
        (local.set $result (call $realloc (i32.const 0) (i32.const 0) (i32.const 4) (i32.const 8)))
        (call $echo (local.get $text) (local.get $length) (local.get $result))
        (local.get $result)))
    (core instance $impl (instantiate $impl
      (with "arena" (instance $arena))
      (with "compact" (instance (export "is-latin1" (func $is-latin1)) (export "echo" (func $echo))))))
    (func (export "measure") (param "text" string) (result (tuple u32 bool))
      (canon lift (core func $impl "measure")
        (memory (core memory $arena "memory")) (realloc (core func $arena "realloc"))
        string-encoding=utf16 (post-return (core func $arena "reset"))))
    (func (export "echo") (param "text" string) (result string)
      (canon lift (core func $impl "echo")
        (memory (core memory $arena "memory")) (realloc (core func $arena "realloc"))
        string-encoding=utf16 (post-return (core func $arena "reset")))))

  ;; UTF-8: a length counts bytes.
  (component $narrow
    (import "measure" (func $measure (param "text" string) (result (tuple u32 bool))))
    (import "echo" (func $echo (param "text" string) (result string)))
    (alias outer $strings $arena (core module $arena))
    (core instance $arena (instantiate $arena))
    (core func $measure (canon lower (func $measure)
      (memory (core memory $arena "memory")) string-encoding=utf8))
    (core func $echo (canon lower (func $echo)
      (memory (core memory $arena "memory")) (realloc (core func $arena "realloc")) string-encoding=utf8))
    (core module $impl
      (import "arena" "memory" (memory 1))
      (import "arena" "realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))
      (import "wide" "measure" (func $measure (param i32 i32 i32)))
      (import "wide" "echo" (func $echo (param i32 i32 i32)))
      ;; The record: utf8-bytes at 0, utf16-units at 4, latin1 at 8. The last two are where the
      ;; adapter is asked to put its result.
      (func (export "measure") (param $text i32) (param $length i32) (result i32)
        (local $result i32)
        (local.set $result (call $realloc (i32.const 0) (i32.const 0) (i32.const 4) (i32.const 12)))
        (i32.store offset=0 (local.get $result) (local.get $length))
        (call $measure (local.get $text) (local.get $length) (i32.add (local.get $result) (i32.const 4)))
        (local.get $result))
      (func (export "echo") (param $text i32) (param $length i32) (result i32)
        (local $result i32)
        (local.set $result (call $realloc (i32.const 0) (i32.const 0) (i32.const 4) (i32.const 8)))
        (call $echo (local.get $text) (local.get $length) (local.get $result))
        (local.get $result)))
    (core instance $impl (instantiate $impl
      (with "arena" (instance $arena))
      (with "wide" (instance (export "measure" (func $measure)) (export "echo" (func $echo))))))
    (type $measures-type (record (field "utf8-bytes" u32) (field "utf16-units" u32) (field "latin1" bool)))
    (export $measures "measures" (type $measures-type))
    (func (export "measure") (param "text" string) (result $measures)
      (canon lift (core func $impl "measure")
        (memory (core memory $arena "memory")) (realloc (core func $arena "realloc"))
        string-encoding=utf8 (post-return (core func $arena "reset"))))
    (func (export "echo") (param "text" string) (result string)
      (canon lift (core func $impl "echo")
        (memory (core memory $arena "memory")) (realloc (core func $arena "realloc"))
        string-encoding=utf8 (post-return (core func $arena "reset")))))

  (instance $compact (instantiate $compact))
  (instance $wide (instantiate $wide
    (with "is-latin1" (func $compact "is-latin1"))
    (with "echo" (func $compact "echo"))))
  (instance $narrow (instantiate $narrow
    (with "measure" (func $wide "measure"))
    (with "echo" (func $wide "echo"))))
  (export $measures "measures" (type $narrow "measures"))
  (export "measure" (func $narrow "measure") (func (param "text" string) (result $measures)))
  (export "echo" (func $narrow "echo")))
