namespace Fact.Properties.Host.Outside;

/// <summary>Components for .NET code to wait for, and that wait for .NET code.</summary>
internal static class AsyncGuests
{
    private const string Libc = """
          (core module $libc
            (memory (export "memory") 4)
            (global $top (mut i32) (i32.const 65536))
            (func (export "realloc") (param i32 i32 i32 i32) (result i32)
              (global.set $top (i32.and (i32.add (global.get $top) (i32.const 7)) (i32.const -8)))
              (if (i32.gt_u (i32.add (global.get $top) (local.get 3)) (i32.const 262144)) (then (global.set $top (i32.const 65536))))
              (global.get $top)
              (global.set $top (i32.add (global.get $top) (local.get 3)))))
          (core instance $libc (instantiate $libc))
        """;

    /// <summary>
    /// Needs no stack to wait: <c>fetch</c> calls the imported function of that name and returns what it returns; where it is cancelled it cancels its call, and ends as
    /// that
    /// does. <c>never</c> waits until it is cancelled. <c>yields</c> lets others run so often, then returns the number, and <c>fails</c> does the same and traps.
    /// </summary>
    public const string Callbacks = $$"""
        (component
          (import "fetch" (func $fetch async (param "x" u32) (result u32)))
          {{Libc}}
          (core func $fetch (canon lower (func $fetch) async (memory (core memory $libc "memory"))))
          (core func $return (canon task.return (result u32)))
          (core func $return-nothing (canon task.return))
          (core func $task-cancel (canon task.cancel))
          (core func $subtask-cancel (canon subtask.cancel async))
          (core func $subtask-drop (canon subtask.drop))
          (core func $set-new (canon waitable-set.new))
          (core func $set-drop (canon waitable-set.drop))
          (core func $join (canon waitable.join))
          (core func $get0 (canon context.get i32 0))
          (core func $set0 (canon context.set i32 0))
          (core module $m
            (import "" "memory" (memory 4))
            (import "" "realloc" (func $realloc (param i32 i32 i32 i32) (result i32)))
            (import "" "fetch" (func $fetch (param i32 i32) (result i32)))
            (import "" "return" (func $return (param i32)))
            (import "" "return-nothing" (func $return-nothing))
            (import "" "task-cancel" (func $task-cancel))
            (import "" "subtask-cancel" (func $subtask-cancel (param i32) (result i32)))
            (import "" "subtask-drop" (func $subtask-drop (param i32)))
            (import "" "set-new" (func $set-new (result i32)))
            (import "" "set-drop" (func $set-drop (param i32)))
            (import "" "join" (func $join (param i32 i32)))
            (import "" "get0" (func $get0 (result i32)))
            (import "" "set0" (func $set0 (param i32)))
            ;; What a task keeps: the result, the subtask, the set.
            (func $new (result i32) (local $at i32)
              (local.set $at (call $realloc (i32.const 0) (i32.const 0) (i32.const 8) (i32.const 16)))
              (call $set0 (local.get $at))
              (local.get $at))
            (func $wait (result i32) (i32.or (i32.const 2) (i32.shl (i32.load offset=8 (call $get0)) (i32.const 4))))
            (func (export "fetch") (param $x i32) (result i32) (local $at i32) (local $status i32)
              (local.set $at (call $new))
              (local.set $status (call $fetch (local.get $x) (local.get $at)))
              (if (i32.eq (local.get $status) (i32.const 2))
                (then (call $return (i32.load (local.get $at))) (return (i32.const 0))))
              (i32.store offset=4 (local.get $at) (i32.shr_u (local.get $status) (i32.const 4)))
              (i32.store offset=8 (local.get $at) (call $set-new))
              (call $join (i32.load offset=4 (local.get $at)) (i32.load offset=8 (local.get $at)))
              (call $wait))
            (func (export "fetch-cb") (param $event i32) (param $index i32) (param $payload i32) (result i32)
              (if (i32.eq (local.get $event) (i32.const 6))
                (then
                  (local.set $index (i32.load offset=4 (call $get0)))
                  (call $join (local.get $index) (i32.const 0))
                  (local.set $payload (call $subtask-cancel (local.get $index)))
                  (if (i32.eq (local.get $payload) (i32.const -1))
                    (then (call $join (local.get $index) (i32.load offset=8 (call $get0))) (return (call $wait))))))
              (if (i32.lt_u (local.get $payload) (i32.const 2)) (then (return (call $wait))))
              (call $subtask-drop (local.get $index))
              (call $set-drop (i32.load offset=8 (call $get0)))
              (if (i32.eq (local.get $payload) (i32.const 2)) (then (call $return (i32.load (call $get0)))) (else (call $task-cancel)))
              (i32.const 0))
            (func (export "never") (result i32)
              (i32.store offset=8 (call $new) (call $set-new))
              (call $wait))
            (func (export "never-cb") (param i32 i32 i32) (result i32)
              (call $set-drop (i32.load offset=8 (call $get0)))
              (call $task-cancel)
              (i32.const 0))
            (func (export "yields") (param i32) (result i32)
              (i32.store (call $new) (local.get 0))
              (i32.store offset=4 (call $get0) (local.get 0))
              (i32.const 1))
            (func (export "yields-cb") (param i32 i32 i32) (result i32)
              (i32.store (call $get0) (i32.sub (i32.load (call $get0)) (i32.const 1)))
              (if (i32.gt_s (i32.load (call $get0)) (i32.const 0)) (then (return (i32.const 1))))
              (call $return (i32.load offset=4 (call $get0)))
              (i32.const 0))
            (func (export "fails-cb") (param i32 i32 i32) (result i32)
              (i32.store (call $get0) (i32.sub (i32.load (call $get0)) (i32.const 1)))
              (if (i32.gt_s (i32.load (call $get0)) (i32.const 0)) (then (return (i32.const 1))))
              unreachable))
          (core instance $i (instantiate $m (with "" (instance
            (export "memory" (memory $libc "memory")) (export "realloc" (func $libc "realloc"))
            (export "fetch" (func $fetch)) (export "return" (func $return)) (export "return-nothing" (func $return-nothing)) (export "task-cancel" (func $task-cancel))
            (export "subtask-cancel" (func $subtask-cancel)) (export "subtask-drop" (func $subtask-drop))
            (export "set-new" (func $set-new)) (export "set-drop" (func $set-drop)) (export "join" (func $join))
            (export "get0" (func $get0)) (export "set0" (func $set0))))))
          (func (export "fetch") async (param "x" u32) (result u32) (canon lift (core func $i "fetch") async (callback (core func $i "fetch-cb"))))
          (func (export "never") async (canon lift (core func $i "never") async (callback (core func $i "never-cb"))))
          (func (export "yields") async (param "n" u32) (result u32) (canon lift (core func $i "yields") async (callback (core func $i "yields-cb"))))
          (func (export "fails") async (param "n" u32) (result u32) (canon lift (core func $i "yields") async (callback (core func $i "fails-cb")))))
        """;

    /// <summary>
    /// Guest code that waits where it is. <c>fetch</c> calls the imported function of that name; <c>sum</c> reads a stream to its end; <c>count</c> returns a stream and
    /// then
    /// writes so many numbers into it, in tens; <c>copy</c> and <c>lines</c> return a stream and write into it what they read, as much at a time as they can.
    /// <c>later</c> returns a future and writes one more than what it reads. <c>stuck</c> returns a stream and then waits for what nobody will write.
    /// </summary>
    public const string Stackful = $$"""
        (component
          (import "fetch" (func $fetch async (param "x" u32) (result u32)))
          {{Libc}}
          (type $bytes (stream u8))
          (type $numbers (stream u32))
          (type $strings (stream string))
          (type $future (future u32))
          (core func $fetch (canon lower (func $fetch)))
          (core func $bytes-new (canon stream.new $bytes))
          (core func $bytes-read (canon stream.read $bytes (memory (core memory $libc "memory"))))
          (core func $bytes-write (canon stream.write $bytes (memory (core memory $libc "memory"))))
          (core func $bytes-drop-readable (canon stream.drop-readable $bytes))
          (core func $bytes-drop-writable (canon stream.drop-writable $bytes))
          (core func $numbers-new (canon stream.new $numbers))
          (core func $numbers-write (canon stream.write $numbers (memory (core memory $libc "memory"))))
          (core func $numbers-drop-writable (canon stream.drop-writable $numbers))
          (core func $strings-new (canon stream.new $strings))
          (core func $strings-read (canon stream.read $strings (memory (core memory $libc "memory")) (realloc (core func $libc "realloc"))))
          (core func $strings-write (canon stream.write $strings (memory (core memory $libc "memory"))))
          (core func $strings-drop-readable (canon stream.drop-readable $strings))
          (core func $strings-drop-writable (canon stream.drop-writable $strings))
          (core func $future-new (canon future.new $future))
          (core func $future-read (canon future.read $future (memory (core memory $libc "memory"))))
          (core func $future-write (canon future.write $future (memory (core memory $libc "memory"))))
          (core func $future-drop-readable (canon future.drop-readable $future))
          (core func $future-drop-writable (canon future.drop-writable $future))
          (core func $return-bytes (canon task.return (result $bytes)))
          (core func $return-numbers (canon task.return (result $numbers)))
          (core func $return-strings (canon task.return (result $strings)))
          (core func $return-future (canon task.return (result $future)))
          (core module $m
            (import "" "memory" (memory 4))
            (import "" "fetch" (func $fetch (param i32) (result i32)))
            (import "" "bytes-new" (func $bytes-new (result i64)))
            (import "" "bytes-read" (func $bytes-read (param i32 i32 i32) (result i32)))
            (import "" "bytes-write" (func $bytes-write (param i32 i32 i32) (result i32)))
            (import "" "bytes-drop-readable" (func $bytes-drop-readable (param i32)))
            (import "" "bytes-drop-writable" (func $bytes-drop-writable (param i32)))
            (import "" "numbers-new" (func $numbers-new (result i64)))
            (import "" "numbers-write" (func $numbers-write (param i32 i32 i32) (result i32)))
            (import "" "numbers-drop-writable" (func $numbers-drop-writable (param i32)))
            (import "" "strings-new" (func $strings-new (result i64)))
            (import "" "strings-read" (func $strings-read (param i32 i32 i32) (result i32)))
            (import "" "strings-write" (func $strings-write (param i32 i32 i32) (result i32)))
            (import "" "strings-drop-readable" (func $strings-drop-readable (param i32)))
            (import "" "strings-drop-writable" (func $strings-drop-writable (param i32)))
            (import "" "future-new" (func $future-new (result i64)))
            (import "" "future-read" (func $future-read (param i32 i32) (result i32)))
            (import "" "future-write" (func $future-write (param i32 i32) (result i32)))
            (import "" "future-drop-readable" (func $future-drop-readable (param i32)))
            (import "" "future-drop-writable" (func $future-drop-writable (param i32)))
            (import "" "return-bytes" (func $return-bytes (param i32)))
            (import "" "return-numbers" (func $return-numbers (param i32)))
            (import "" "return-strings" (func $return-strings (param i32)))
            (import "" "return-future" (func $return-future (param i32)))
            ;; Write all of something; 1 where nobody reads any more.
            (func $all-bytes (param $to i32) (param $at i32) (param $count i32) (result i32) (local $status i32)
              (loop $more
                (local.set $status (call $bytes-write (local.get $to) (local.get $at) (local.get $count)))
                (if (i32.and (local.get $status) (i32.const 0xf)) (then (return (i32.const 1))))
                (local.set $status (i32.shr_u (local.get $status) (i32.const 4)))
                (local.set $at (i32.add (local.get $at) (i32.mul (local.get $status) (i32.const 1))))
                (br_if $more (local.tee $count (i32.sub (local.get $count) (local.get $status)))))
              (i32.const 0))
            (func $all-numbers (param $to i32) (param $at i32) (param $count i32) (result i32) (local $status i32)
              (loop $more
                (local.set $status (call $numbers-write (local.get $to) (local.get $at) (local.get $count)))
                (if (i32.and (local.get $status) (i32.const 0xf)) (then (return (i32.const 1))))
                (local.set $status (i32.shr_u (local.get $status) (i32.const 4)))
                (local.set $at (i32.add (local.get $at) (i32.mul (local.get $status) (i32.const 4))))
                (br_if $more (local.tee $count (i32.sub (local.get $count) (local.get $status)))))
              (i32.const 0))
            (func $all-strings (param $to i32) (param $at i32) (param $count i32) (result i32) (local $status i32)
              (loop $more
                (local.set $status (call $strings-write (local.get $to) (local.get $at) (local.get $count)))
                (if (i32.and (local.get $status) (i32.const 0xf)) (then (return (i32.const 1))))
                (local.set $status (i32.shr_u (local.get $status) (i32.const 4)))
                (local.set $at (i32.add (local.get $at) (i32.mul (local.get $status) (i32.const 8))))
                (br_if $more (local.tee $count (i32.sub (local.get $count) (local.get $status)))))
              (i32.const 0))
            (func (export "fetch") (param i32) (result i32) (call $fetch (local.get 0)))
            (func (export "sum") (param $from i32) (result i32) (local $status i32) (local $at i32) (local $sum i32)
              (loop $more
                (local.set $status (call $bytes-read (local.get $from) (i32.const 1024) (i32.const 1000)))
                (local.set $at (i32.add (i32.const 1024) (i32.shr_u (local.get $status) (i32.const 4))))
                (loop $next
                  (if (i32.gt_u (local.get $at) (i32.const 1024))
                    (then
                      (local.set $at (i32.sub (local.get $at) (i32.const 1)))
                      (local.set $sum (i32.add (local.get $sum) (i32.load8_u (local.get $at))))
                      (br $next))))
                (br_if $more (i32.eqz (i32.and (local.get $status) (i32.const 0xf)))))
              (call $bytes-drop-readable (local.get $from))
              (local.get $sum))
            (func (export "count") (param $n i32) (local $ends i64) (local $to i32) (local $i i32) (local $chunk i32)
              (local.set $ends (call $numbers-new))
              (local.set $to (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
              (call $return-numbers (i32.wrap_i64 (local.get $ends)))
              (block $end
                (loop $more
                  (br_if $end (i32.eq (local.get $i) (local.get $n)))
                  (local.set $chunk (i32.const 0))
                  (loop $fill
                    (i32.store (i32.add (i32.const 4096) (i32.mul (local.get $chunk) (i32.const 4))) (local.get $i))
                    (local.set $chunk (i32.add (local.get $chunk) (i32.const 1)))
                    (local.set $i (i32.add (local.get $i) (i32.const 1)))
                    (br_if $fill (i32.and (i32.lt_u (local.get $chunk) (i32.const 10)) (i32.lt_u (local.get $i) (local.get $n)))))
                  (br_if $more (i32.eqz (call $all-numbers (local.get $to) (i32.const 4096) (local.get $chunk))))))
              (call $numbers-drop-writable (local.get $to)))
            (func (export "stuck") (local $ends i64)
              (call $return-numbers (i32.wrap_i64 (call $numbers-new)))
              (drop (call $future-read (i32.wrap_i64 (call $future-new)) (i32.const 512))))
            (func (export "copy") (param $from i32) (local $ends i64) (local $to i32) (local $status i32)
              (local.set $ends (call $bytes-new))
              (local.set $to (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
              (call $return-bytes (i32.wrap_i64 (local.get $ends)))
              (block $end
                (loop $more
                  (local.set $status (call $bytes-read (local.get $from) (i32.const 8192) (i32.const 32768)))
                  (if (i32.ge_u (local.get $status) (i32.const 16))
                    (then
                      (br_if $end (call $all-bytes (local.get $to) (i32.const 8192) (i32.shr_u (local.get $status) (i32.const 4))))))
                  (br_if $more (i32.eqz (i32.and (local.get $status) (i32.const 0xf))))))
              (call $bytes-drop-readable (local.get $from))
              (call $bytes-drop-writable (local.get $to)))
            (func (export "lines") (param $from i32) (local $ends i64) (local $to i32) (local $status i32)
              (local.set $ends (call $strings-new))
              (local.set $to (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
              (call $return-strings (i32.wrap_i64 (local.get $ends)))
              (block $end
                (loop $more
                  (local.set $status (call $strings-read (local.get $from) (i32.const 8192) (i32.const 20)))
                  (if (i32.ge_u (local.get $status) (i32.const 16))
                    (then
                      (br_if $end (call $all-strings (local.get $to) (i32.const 8192) (i32.shr_u (local.get $status) (i32.const 4))))))
                  (br_if $more (i32.eqz (i32.and (local.get $status) (i32.const 0xf))))))
              (call $strings-drop-readable (local.get $from))
              (call $strings-drop-writable (local.get $to)))
            (func (export "later") (param $from i32) (local $ends i64) (local $to i32)
              (local.set $ends (call $future-new))
              (local.set $to (i32.wrap_i64 (i64.shr_u (local.get $ends) (i64.const 32))))
              (call $return-future (i32.wrap_i64 (local.get $ends)))
              (if (call $future-read (local.get $from) (i32.const 512)) (then unreachable))
              (call $future-drop-readable (local.get $from))
              (i32.store (i32.const 512) (i32.add (i32.load (i32.const 512)) (i32.const 1)))
              (drop (call $future-write (local.get $to) (i32.const 512)))
              (call $future-drop-writable (local.get $to))))
          (core instance $i (instantiate $m (with "" (instance
            (export "memory" (memory $libc "memory")) (export "fetch" (func $fetch))
            (export "bytes-new" (func $bytes-new)) (export "bytes-read" (func $bytes-read)) (export "bytes-write" (func $bytes-write))
            (export "bytes-drop-readable" (func $bytes-drop-readable)) (export "bytes-drop-writable" (func $bytes-drop-writable))
            (export "numbers-new" (func $numbers-new)) (export "numbers-write" (func $numbers-write)) (export "numbers-drop-writable" (func $numbers-drop-writable))
            (export "strings-new" (func $strings-new)) (export "strings-read" (func $strings-read)) (export "strings-write" (func $strings-write))
            (export "strings-drop-readable" (func $strings-drop-readable)) (export "strings-drop-writable" (func $strings-drop-writable))
            (export "future-new" (func $future-new)) (export "future-read" (func $future-read)) (export "future-write" (func $future-write))
            (export "future-drop-readable" (func $future-drop-readable)) (export "future-drop-writable" (func $future-drop-writable))
            (export "return-bytes" (func $return-bytes)) (export "return-numbers" (func $return-numbers))
            (export "return-strings" (func $return-strings)) (export "return-future" (func $return-future))))))
          (func (export "fetch") async (param "x" u32) (result u32) (canon lift (core func $i "fetch")))
          (func (export "sum") async (param "from" $bytes) (result u32) (canon lift (core func $i "sum")))
          (func (export "count") async (param "n" u32) (result $numbers) (canon lift (core func $i "count") async))
          (func (export "stuck") async (result $numbers) (canon lift (core func $i "stuck") async))
          (func (export "copy") async (param "from" $bytes) (result $bytes) (canon lift (core func $i "copy") async))
          (func (export "lines") async (param "from" $strings) (result $strings)
            (canon lift (core func $i "lines") async (memory (core memory $libc "memory"))))
          (func (export "later") async (param "from" $future) (result $future) (canon lift (core func $i "later") async)))
        """;

    /// <summary>The same without imports.</summary>
    public static string Alone { get; } = Stackful.Replace(
        "(import \"fetch\" (func $fetch async (param \"x\" u32) (result u32)))",
        """
        (component $echo
          (core module $m (func (export "f") (param i32) (result i32) (local.get 0)))
          (core instance $i (instantiate $m))
          (func (export "fetch") async (param "x" u32) (result u32) (canon lift (core func $i "f"))))
        (instance $echo (instantiate $echo))
        (alias export $echo "fetch" (func $fetch))
        """,
        System.StringComparison.Ordinal);
}
