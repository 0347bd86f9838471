;; A command: it prints its arguments, as the program of that name does.
;;
;;   fact run samples/command/echo.wat -- hello world
(component
  (import "wasi:cli/environment@0.2.0" (instance $environment
    (export "get-arguments" (func (result (list string))))))
  (import "wasi:io/error@0.2.0" (instance $error (export "error" (type (sub resource)))))
  (alias export $error "error" (type $error'))
  (import "wasi:io/streams@0.2.0" (instance $streams
    (export "output-stream" (type $output-stream (sub resource)))
    (export "error" (type $error (eq $error')))
    (type $stream-error' (variant (case "last-operation-failed" (own $error)) (case "closed")))
    (export "stream-error" (type $stream-error (eq $stream-error')))
    (export "[method]output-stream.blocking-write-and-flush"
      (func (param "self" (borrow $output-stream)) (param "contents" (list u8)) (result (result (error $stream-error)))))))
  (alias export $streams "output-stream" (type $output-stream'))
  (import "wasi:cli/stdout@0.2.0" (instance $stdout
    (export "output-stream" (type $output-stream (eq $output-stream')))
    (export "get-stdout" (func (result (own $output-stream))))))

  ;; The first page has the results of calls, a space and the end of the line; what the host passes goes behind it.
  (core module $memory
    (memory (export "memory") 2)
    (global $free (mut i32) (i32.const 65536))
    (func (export "realloc") (param $old i32) (param $old-size i32) (param $alignment i32) (param $size i32) (result i32) (local $address i32)
      (local.set $address
        (i32.and
          (i32.sub (i32.add (global.get $free) (local.get $alignment)) (i32.const 1))
          (i32.sub (i32.const 0) (local.get $alignment))))
      (global.set $free (i32.add (local.get $address) (local.get $size)))
      (block $fits
        (br_if $fits (i32.le_u (global.get $free) (i32.mul (memory.size) (i32.const 65536))))
        (br_if $fits (i32.ne
          (memory.grow (i32.add (i32.div_u (local.get $size) (i32.const 65536)) (i32.const 1)))
          (i32.const -1)))
        unreachable)
      (local.get $address))
    (data (i32.const 64) " \n"))
  (core instance $memory (instantiate $memory))
  (core func $get-arguments (canon lower (func $environment "get-arguments")
    (memory (core memory $memory "memory")) (realloc (core func $memory "realloc"))))
  (core func $get-stdout (canon lower (func $stdout "get-stdout")))
  (core func $write (canon lower (func $streams "[method]output-stream.blocking-write-and-flush")
    (memory (core memory $memory "memory"))))

  (core module $program
    (import "" "memory" (memory 2))
    (import "" "get-arguments" (func $get-arguments (param i32)))
    (import "" "get-stdout" (func $get-stdout (result i32)))
    (import "" "write" (func $write-some (param i32 i32 i32 i32)))
    (global $failed (mut i32) (i32.const 0))

    ;; Writes bytes, 4096 at a time, unless that has failed before.
    (func $write (param $stream i32) (param $address i32) (param $length i32) (local $count i32)
      (block $end (loop $next
        (br_if $end (i32.or (i32.eqz (local.get $length)) (global.get $failed)))
        (local.set $count (select (i32.const 4096) (local.get $length) (i32.gt_u (local.get $length) (i32.const 4096))))
        (call $write-some (local.get $stream) (local.get $address) (local.get $count) (i32.const 16))
        (global.set $failed (i32.load8_u (i32.const 16)))
        (local.set $address (i32.add (local.get $address) (local.get $count)))
        (local.set $length (i32.sub (local.get $length) (local.get $count)))
        (br $next))))

    ;; 0 where all was written.
    (func (export "run") (result i32) (local $stream i32) (local $argument i32) (local $left i32)
      (call $get-arguments (i32.const 0))
      (local.set $stream (call $get-stdout))
      (local.set $argument (i32.load (i32.const 0)))
      (local.set $left (i32.load (i32.const 4)))
      (block $end (loop $next
        (br_if $end (i32.le_u (local.get $left) (i32.const 1)))
        ;; The first argument is the name of the program.
        (local.set $argument (i32.add (local.get $argument) (i32.const 8)))
        (local.set $left (i32.sub (local.get $left) (i32.const 1)))
        (call $write (local.get $stream) (i32.load (local.get $argument)) (i32.load offset=4 (local.get $argument)))
        (if (i32.gt_u (local.get $left) (i32.const 1))
          (then (call $write (local.get $stream) (i32.const 64) (i32.const 1))))
        (br $next)))
      (call $write (local.get $stream) (i32.const 65) (i32.const 1))
      (global.get $failed)))
  (core instance $program (instantiate $program (with "" (instance
    (export "memory" (memory $memory "memory"))
    (export "get-arguments" (func $get-arguments))
    (export "get-stdout" (func $get-stdout))
    (export "write" (func $write))))))

  (func $run (result (result)) (canon lift (core func $program "run")))
  (instance $command (export "run" (func $run)))
  (export "wasi:cli/run@0.2.0" (instance $command)))
