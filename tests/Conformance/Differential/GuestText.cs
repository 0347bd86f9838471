using System.Globalization;
using System.Text;

namespace Fact.Conformance.Differential;

/// <summary>
/// The core module that both guests have: two memories, the scripted <c>realloc</c>, and the functions that fill the
/// memories before a run and read them after it. The control memory is out of reach of component values, so that
/// whatever a hostile pointer does, the log of the run is sound.
/// </summary>
public static class GuestText
{
    /// <summary>
    /// Address of: where the memory that <c>realloc</c> gives starts; the number of log entries; the number of scripted calls;
    /// how many of them were made; how many calls there are to be; when the callee leaves. Six slots of 8 bytes.
    /// </summary>
    public const int Header = 0;

    /// <summary>Address of the core arguments of a caller, or the core results of a callee, in slots of 8 bytes.</summary>
    public const int Slots = 0x100;

    /// <summary>Address of what <c>realloc</c> does: pairs of slots.</summary>
    public const int Script = 0x400;

    /// <summary>Address of what the guest does with handles: a number of pairs of slots, in a slot, and the pairs.</summary>
    public const int HandleScript = 0x800;

    /// <summary>Address of the log.</summary>
    public const int Log = 0x1000;

    /// <summary>Entries that the log has room for; a run that makes more counts them only.</summary>
    public const int MaxLog = 1024;

    /// <summary>The size of an entry: kind, four arguments, result.</summary>
    public const int LogEntry = 48;

    /// <summary>The kind of the log entry of a <c>realloc</c> call.</summary>
    public const int LogRealloc = 1;

    /// <summary>The kind of the log entry of a core parameter of the callee, or core result of the caller.</summary>
    public const int LogValue = 2;

    /// <summary>The kind of the log entry of a core parameter of a post-return function.</summary>
    public const int LogPostReturn = 3;

    /// <summary>The kind of the log entry of something done with a handle.</summary>
    public const int LogHandle = 4;

    /// <summary>Address of the byte that the memory was filled with before the run, eight times. A dump leaves out what still holds it.</summary>
    public const int Background = 48;

    /// <summary>The kind of the log entry of what a guest finds in the storage of its thread.</summary>
    public const int LogContext = 5;

    /// <summary>The kind of the log entry of a caller that is called back.</summary>
    public const int LogBack = 6;

    /// <summary>Address of two slots: how often a caller that is called back calls a function again, and which.</summary>
    public const int Again = 56;

    private const int Incoming = 0x20000, Outgoing = 0x100000, ReturnArea = 0x1FFF0;

    /// <summary>The module's text.</summary>
    /// <param name="memory">The memory of component values.</param>
    /// <param name="reps">For guests with resources: what the first that they make is known by.</param>
    /// <param name="contexts">Whether the allocator uses the storage of its thread.</param>
    public static string Module(GuestMemoryType memory, int? reps, bool contexts)
    {
        // In the text below a $P is the type of an address, and P{ … } makes an address of an i64.
        string text = Template
            .Replace("$CONTEXTIMPORTS", contexts ? ContextText.Imports : "")
            .Replace("$CONTEXT", contexts ? ContextText.Log + ContextText.Set(ContextText.OfRealloc) : "")
            .Replace("$IMPORTS", reps is null ? "" : HandleText.Imports)
            .Replace("$HANDLES", reps is { } first ? HandleText.Functions(first) : "")
            .Replace("$PAGES", memory.Pages.ToString(CultureInfo.InvariantCulture))
            .Replace("$MEMTYPE", memory.Is64 ? "i64 " : "")
            .Replace("$P", memory.Is64 ? "i64" : "i32")
            .Replace("(FROM ", memory.Is64 ? "(i64.or (i64.const 0) " : "(i64.extend_i32_u ")
            .Replace("(TO ", memory.Is64 ? "(i64.or (i64.const 0) " : "(i32.wrap_i64 ");
        return new StringBuilder(text)
            .Replace("{MAXLOG}", Text(MaxLog))
            .Replace("{LOG}", Text(Log))
            .Replace("{ENTRY}", Text(LogEntry))
            .Replace("{REALLOC}", Text(LogRealloc))
            .Replace("{SCRIPT}", Text(Script))
            .Replace("{BACKGROUND}", Text(Background))
            .Replace("{IN}", Text(Incoming))
            .Replace("{OUT}", Text(Outgoing))
            .Replace("{RET}", Text(ReturnArea))
            .ToString();
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);

    private const string Template = """
        (core module $Libc
          (import "leaf" "ping" (func $ping))
          $IMPORTS
          $CONTEXTIMPORTS
          (memory $ctl (export "ctl") 48)
          (memory $m (export "m") $MEMTYPE$PAGES)
          (global $last (mut i64) (i64.const 0))
          (func $bytes (result i64) (i64.shl (FROM (memory.size $m)) (i64.const 16)))
          (func $log (export "log") (param $kind i32) (param $a i64) (param $b i64) (param $c i64) (param $d i64) (param $r i64)
            (local $n i32) (local $at i32)
            (local.set $n (i32.load $ctl (i32.const 8)))
            (i32.store $ctl (i32.const 8) (i32.add (local.get $n) (i32.const 1)))
            (if (i32.ge_u (local.get $n) (i32.const {MAXLOG})) (then (return)))
            (local.set $at (i32.add (i32.const {LOG}) (i32.mul (local.get $n) (i32.const {ENTRY}))))
            (i64.store $ctl (local.get $at) (i64.extend_i32_u (local.get $kind)))
            (i64.store $ctl offset=8 (local.get $at) (local.get $a))
            (i64.store $ctl offset=16 (local.get $at) (local.get $b))
            (i64.store $ctl offset=24 (local.get $at) (local.get $c))
            (i64.store $ctl offset=32 (local.get $at) (local.get $d))
            (i64.store $ctl offset=40 (local.get $at) (local.get $r)))
          (func $fresh (param $align i64) (param $size i64) (result i64)
            (local $at i64)
            (local.set $at
              (i64.and
                (i64.add (i64.load $ctl (i32.const 0)) (i64.sub (local.get $align) (i64.const 1)))
                (i64.sub (i64.const 0) (local.get $align))))
            (i64.store $ctl (i32.const 0) (i64.add (local.get $at) (local.get $size)))
            (local.get $at))
          (func $copy (param $to i64) (param $from i64) (param $old i64) (param $new i64)
            (local $size i64)
            (local.set $size (select (local.get $old) (local.get $new) (i64.lt_u (local.get $old) (local.get $new))))
            (if (i64.gt_u (i64.add (local.get $to) (local.get $size)) (call $bytes)) (then (return)))
            (if (i64.gt_u (i64.add (local.get $from) (local.get $size)) (call $bytes)) (then (return)))
            (memory.copy $m $m (TO (local.get $to)) (TO (local.get $from)) (TO (local.get $size))))
          (func $behave (param $old i64) (param $osize i64) (param $align i64) (param $size i64) (result i64)
            (local $at i64)
            (if (i32.and (i64.ne (local.get $osize) (i64.const 0)) (i64.le_u (local.get $size) (local.get $osize)))
              (then (return (local.get $old))))
            (local.set $at (call $fresh (local.get $align) (local.get $size)))
            (call $copy (local.get $at) (local.get $old) (local.get $osize) (local.get $size))
            (local.get $at))
          (func $act (param $old i64) (param $osize i64) (param $align i64) (param $size i64) (param $kind i32) (param $value i64) (result i64)
            (block $scribble (block $forget (block $leave (block $end (block $grow (block $trap (block $overlap
            (block $shift (block $return (block $behave
              (br_table $behave $return $shift $overlap $trap $grow $end $leave $forget $scribble (local.get $kind)))
              (return (call $behave (local.get $old) (local.get $osize) (local.get $align) (local.get $size))))
              (return (local.get $value)))
              (return (i64.add (call $fresh (local.get $align) (i64.add (local.get $size) (local.get $value))) (local.get $value))))
              (return (i64.add (global.get $last) (local.get $value))))
              (unreachable))
              (drop (memory.grow $m (TO (local.get $value))))
              (return (call $behave (local.get $old) (local.get $osize) (local.get $align) (local.get $size))))
              (return (i64.add (i64.sub (call $bytes) (local.get $size)) (local.get $value))))
              (call $ping)
              (return (call $behave (local.get $old) (local.get $osize) (local.get $align) (local.get $size))))
              (return (call $fresh (local.get $align) (local.get $size))))
            (if (i64.le_u (i64.add (global.get $last) (i64.const 64)) (call $bytes))
              (then (memory.fill $m (TO (global.get $last)) (i32.const 0xE5) (TO (i64.const 64)))))
            (call $behave (local.get $old) (local.get $osize) (local.get $align) (local.get $size)))
          (func (export "realloc") (param $old $P) (param $osize $P) (param $align $P) (param $size $P) (result $P)
            (local $step i32) (local $kind i32) (local $value i64) (local $r i64)
            (local.set $step (i32.load $ctl (i32.const 24)))
            (if (i32.lt_u (local.get $step) (i32.load $ctl (i32.const 16)))
              (then
                (local.set $kind (i32.load $ctl offset={SCRIPT} (i32.mul (local.get $step) (i32.const 16))))
                (local.set $value (i64.load $ctl offset={SCRIPT} (i32.add (i32.mul (local.get $step) (i32.const 16)) (i32.const 8))))))
            (i32.store $ctl (i32.const 24) (i32.add (local.get $step) (i32.const 1)))
            (local.set $r (FROM (TO (call $act
              (FROM (local.get $old)) (FROM (local.get $osize)) (FROM (local.get $align)) (FROM (local.get $size))
              (local.get $kind) (local.get $value)))))
            (call $log (i32.const {REALLOC})
              (FROM (local.get $old)) (FROM (local.get $osize)) (FROM (local.get $align)) (FROM (local.get $size)) (local.get $r))
            $CONTEXT
            (global.set $last (local.get $r))
            (TO (local.get $r)))
          (func (export "setup-realloc") (param i32 i32 i32 i32) (result i32) (i32.const {IN}))
          (func (export "setup") (param $at i32) (param $len i32)
            (local $end i32) (local $kind i32) (local $to i32) (local $size i32)
            (local.set $end (i32.add (local.get $at) (local.get $len)))
            (block $done
              (loop $next
                (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
                (local.set $kind (i32.load $ctl (local.get $at)))
                (local.set $to (i32.load $ctl offset=4 (local.get $at)))
                (local.set $size (i32.load $ctl offset=8 (local.get $at)))
                (local.set $at (i32.add (local.get $at) (i32.const 12)))
                (if (i32.eqz (local.get $kind))
                  (then (memory.copy $ctl $ctl (local.get $to) (local.get $at) (local.get $size)))
                  (else
                    (if (i32.eq (local.get $kind) (i32.const 1))
                      (then (memory.copy $m $ctl (TO (i64.extend_i32_u (local.get $to))) (local.get $at) (local.get $size)))
                      (else
                        (i64.store $ctl (i32.const {BACKGROUND}) (i64.mul (i64.extend_i32_u (local.get $to)) (i64.const 0x0101010101010101)))
                        (memory.fill $m (TO (i64.const 0)) (local.get $to) (TO (call $bytes)))))))
                (local.set $at (i32.add (local.get $at) (local.get $size)))
                (br $next))))
          (func (export "dump") (result i32)
            (local $n i32) (local $to i32) (local $at i64) (local $end i64)
            (local.set $n (i32.load $ctl (i32.const 8)))
            (if (i32.gt_u (local.get $n) (i32.const {MAXLOG})) (then (local.set $n (i32.const {MAXLOG}))))
            (local.set $n (i32.add (i32.const {LOG}) (i32.mul (local.get $n) (i32.const {ENTRY}))))
            (memory.copy $ctl $ctl (i32.const {OUT}) (i32.const 0) (local.get $n))
            (local.set $to (i32.add (i32.const {OUT}) (local.get $n)))
            (local.set $end (call $bytes))
            (i64.store $ctl (local.get $to) (local.get $end))
            (local.set $to (i32.add (local.get $to) (i32.const 8)))
            (loop $next
              (if (call $changed (TO (local.get $at)) (i64.load $ctl (i32.const {BACKGROUND})))
                (then
                  (i64.store $ctl (local.get $to) (local.get $at))
                  (memory.copy $ctl $m (i32.add (local.get $to) (i32.const 8)) (TO (local.get $at)) (i32.const 64))
                  (local.set $to (i32.add (local.get $to) (i32.const 72)))))
              (local.set $at (i64.add (local.get $at) (i64.const 64)))
              (br_if $next (i64.lt_u (local.get $at) (local.get $end))))
            (i32.store $ctl (i32.const {RET}) (i32.const {OUT}))
            (i32.store $ctl offset=4 (i32.const {RET}) (i32.sub (local.get $to) (i32.const {OUT})))
            (i32.const {RET}))
          (func $changed (param $at $P) (param $background i64) (result i32)
            (local $i i32)
            (loop $next
              (if (i64.ne (i64.load $m (local.get $at)) (local.get $background)) (then (return (i32.const 1))))
              (local.set $at ($P.add (local.get $at) ($P.const 8)))
              (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 8))))
            (i32.const 0))
          (export "ping" (func $ping))
          $HANDLES)
        """;
}
