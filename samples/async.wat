;; Asynchronous calls, in all three pairings that need the host's help. The worker offers the same
;; function twice: once lifted asynchronously (it yields before it answers), once synchronously.
;; The boss calls the first without and with waiting for it, and the second without.
;;
;;   total: async func(text: string) -> u32     three times the length of the text
;;
;; An adapter of such a call hands two functions to the host, one that translates the parameters
;; when the callee starts and one that translates the result when it returns.
(component $async

  (core module $libc
    (memory (export "memory") 1)
    (global $top (mut i32) (i32.const 1024))
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
      (local.get $new)))

  ;; The worker has UTF-16 strings, so the lengths that it gives are in units of that.
  (component $worker
    (alias outer $async $libc (core module $libc))
    (core instance $libc (instantiate $libc))
    ;; It must have the options of the function that it returns from.
    (core func $task-return (canon task.return (result u32) (memory (core memory $libc "memory")) string-encoding=utf16))
    (core func $context-get (canon context.get i32 0))
    (core func $context-set (canon context.set i32 0))
    (core module $impl
      (import "task" "return" (func $return (param i32)))
      (import "context" "get" (func $get (result i32)))
      (import "context" "set" (func $set (param i32)))
      (func (export "now") (param $text i32) (param $length i32) (result i32)
        (local.get $length))
      ;; Keeps the length in the task's own storage and lets others run first.
      (func (export "later") (param $text i32) (param $length i32) (result i32)
        (call $set (local.get $length))
        (i32.const 1 (; yield ;)))
      (func (export "later-callback") (param $event i32) (param $index i32) (param $payload i32) (result i32)
        (call $return (call $get))
        (i32.const 0 (; exit ;))))
    (core instance $impl (instantiate $impl
      (with "task" (instance (export "return" (func $task-return))))
      (with "context" (instance (export "get" (func $context-get)) (export "set" (func $context-set))))))
    (func (export "length-now") async (param "text" string) (result u32)
      (canon lift (core func $impl "now")
        (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")) string-encoding=utf16))
    (func (export "length-later") async (param "text" string) (result u32)
      (canon lift (core func $impl "later") async (callback (core func $impl "later-callback"))
        (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")) string-encoding=utf16)))

  (component $boss
    (import "length-now" (func $now async (param "text" string) (result u32)))
    (import "length-later" (func $later async (param "text" string) (result u32)))
    (alias outer $async $libc (core module $libc))
    (core instance $libc (instantiate $libc))
    (core func $start-now (canon lower (func $now) async (memory (core memory $libc "memory"))))
    (core func $start-later (canon lower (func $later) async (memory (core memory $libc "memory"))))
    (core func $later (canon lower (func $later) (memory (core memory $libc "memory"))))
    (core func $set-new (canon waitable-set.new))
    (core func $set-wait (canon waitable-set.wait (memory (core memory $libc "memory"))))
    (core func $set-drop (canon waitable-set.drop))
    (core func $join (canon waitable.join))
    (core func $subtask-drop (canon subtask.drop))
    (core module $impl
      (import "libc" "memory" (memory 1))
      (import "worker" "start-now" (func $start-now (param i32 i32 i32) (result i32)))
      (import "worker" "start-later" (func $start-later (param i32 i32 i32) (result i32)))
      (import "worker" "later" (func $later (param i32 i32) (result i32)))
      (import "wait" "set-new" (func $set-new (result i32)))
      (import "wait" "set-wait" (func $set-wait (param i32 i32) (result i32)))
      (import "wait" "set-drop" (func $set-drop (param i32)))
      (import "wait" "join" (func $join (param i32 i32)))
      (import "wait" "subtask-drop" (func $subtask-drop (param i32)))

      ;; The status of a call that was started: its state in the low four bits (2: it has
      ;; returned), and above them the handle of the subtask while it has not.
      (func $finish (param $status i32)
        (local $set i32) (local $subtask i32)
        (local.set $subtask (i32.shr_u (local.get $status) (i32.const 4)))
        (if (i32.eqz (local.get $subtask)) (then (return)))
        (local.set $set (call $set-new))
        (call $join (local.get $subtask) (local.get $set))
        ;; Two words at 16 say which subtask it was and what its state is.
        (loop $more
          (drop (call $set-wait (local.get $set) (i32.const 16)))
          (br_if $more (i32.ne (i32.load offset=4 (i32.const 16)) (i32.const 2))))
        (call $subtask-drop (local.get $subtask))
        (call $set-drop (local.get $set)))

      (func (export "total") (param $text i32) (param $length i32) (result i32)
        ;; The results of the two calls that are only started go to 0 and 4.
        (call $finish (call $start-now (local.get $text) (local.get $length) (i32.const 0)))
        (call $finish (call $start-later (local.get $text) (local.get $length) (i32.const 4)))
        (i32.add
          (call $later (local.get $text) (local.get $length))
          (i32.add (i32.load (i32.const 0)) (i32.load (i32.const 4))))))
    (core instance $impl (instantiate $impl
      (with "libc" (instance $libc))
      (with "worker" (instance
        (export "start-now" (func $start-now))
        (export "start-later" (func $start-later))
        (export "later" (func $later))))
      (with "wait" (instance
        (export "set-new" (func $set-new))
        (export "set-wait" (func $set-wait))
        (export "set-drop" (func $set-drop))
        (export "join" (func $join))
        (export "subtask-drop" (func $subtask-drop))))))
    (func (export "total") async (param "text" string) (result u32)
      (canon lift (core func $impl "total")
        (memory (core memory $libc "memory")) (realloc (core func $libc "realloc")) string-encoding=utf8)))

  (instance $worker (instantiate $worker))
  (instance $boss (instantiate $boss
    (with "length-now" (func $worker "length-now"))
    (with "length-later" (func $worker "length-later"))))
  (export "total" (func $boss "total")))
