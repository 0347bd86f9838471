using System.Linq;
using System.Text;

namespace Fact.Conformance.Streams;

/// <summary>The core module of a guest: it does what the steps in its memory say, and tells the host all that it sees.</summary>
internal static class MachineText
{
    /// <summary>The module <c>$Main</c>.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="instance">Which guest.</param>
    public static string Module(StreamSetting setting, int instance)
    {
        var text = new StringBuilder("    (core module $Main\n");
        int table = Machine.Calls(setting) + (3 * (setting.Funcs.Length + 1));
        text.Append(Types).AppendLine("      (import \"libc\" \"control\" (memory 1))\n      (import \"libc\" \"m\" (memory $m 1))");
        text.AppendLine("      (import \"libc\" \"log\" (func $log (param i32 i32 i32 i32)))");
        foreach (var (name, type) in Others)
            text.AppendLine($"      (import \"b\" \"{name}\" (func ${name} {type}))");
        foreach (string name in (string[])["subtask-drop", "set-drop", "resource-drop"])
            text.AppendLine($"      (import \"b\" \"{name}\" (func ${name} (type $one)))");
        var elements = new StringBuilder(" $subtask-drop $set-drop $resource-drop");
        for (int k = 0; k < setting.Channels.Length; k++)
        {
            for (int b = 0; b < Machine.OfChannel; b++)
            {
                if (b == Machine.Forward && !setting.Forwards)
                {
                    elements.Append(" $unreachable");
                    continue;
                }
                string type = b switch
                {
                    Machine.New => "new",
                    Machine.DropReadable or Machine.DropWritable => "one",
                    Machine.Forward => "two",
                    Machine.CancelRead or Machine.CancelWrite or Machine.CancelReadAsync or Machine.CancelWriteAsync => "cancel",
                    _ => setting.Channels[k].IsStream ? "copy3" : "copy2",
                };
                text.AppendLine($"      (import \"b\" \"c{StreamText.N(k)}-{StreamText.N(b)}\" (func $c{StreamText.N(k)}-{StreamText.N(b)} (type ${type})))");
                elements.Append($" $c{StreamText.N(k)}-{StreamText.N(b)}");
            }
        }
        var stubs = new StringBuilder();
        for (int j = 0; j < setting.Funcs.Length; j++)
            Func(text, stubs, elements, setting, j, instance);
        elements.Append(" $unreachable $unreachable");
        Returning(text, stubs, elements, Machine.RunSlot, instance == 0 && setting.Run is Lifting.Callback or Lifting.Stackful, null);
        text.AppendLine($"      (table {StreamText.N(table)} funcref)\n      (elem (i32.const 0) func{elements})\n      (func $unreachable unreachable)");
        text.Append(stubs).Append(Code).AppendLine(Interpreter);
        for (int j = 0; j < setting.Funcs.Length; j++)
        {
            if (setting.Funcs[j].Owner == instance)
                Export(text, setting.Funcs[j], $"f{StreamText.N(j)}", j);
        }
        Export(text, new(0, [], null, setting.Run, 0), "run", Machine.RunSlot);
        return text.AppendLine("    )").ToString();
    }

    /// <summary>What calls a function that the instance imports, and what returns from one that it has.</summary>
    private static void Func(StringBuilder imports, StringBuilder stubs, StringBuilder elements, StreamSetting setting, int j, int instance)
    {
        var func = setting.Funcs[j];
        string n = StreamText.N(j);
        string take = string.Concat(func.Params.Items.SelectMany(p => Enumerable.Repeat(p is Passed.Borrow ? "get" : "take", p.Flat))
            .Select((how, i) => $" (call ${how} (i32.load offset={StreamText.N(4 * i)} (local.get 0)))"));
        string parameters = string.Concat(Enumerable.Repeat(" i32", func.Flat));
        if (!setting.Calls(instance, func))
        {
            elements.Append(" $unreachable $unreachable");
        }
        else
        {
            imports.AppendLine($"      (import \"f\" \"s{n}\" (func $s{n} (param{parameters}){(func.Result is null ? "" : " (result i32)")}))");
            stubs.AppendLine($"      (func $call-s{n} (type $stub) (call $s{n}{take}){(func.Result is null ? " (i32.const 0)" : "")})");
            elements.Append($" $call-s{n}");
            if (func.Lifting == Lifting.Plain)
            {
                elements.Append(" $unreachable");
            }
            else
            {
                imports.AppendLine($"      (import \"f\" \"a{n}\" (func $a{n} (param{parameters}{(func.Result is null ? "" : " i32")}) (result i32)))");
                stubs.AppendLine($"      (func $call-a{n} (type $stub) (call $a{n}{take}{(func.Result is null ? "" : " (local.get 1)")}))");
                elements.Append($" $call-a{n}");
            }
        }
        Returning(imports, stubs, elements, j, func.Owner == instance && func.Lifting is Lifting.Callback or Lifting.Stackful, func.Result);
    }

    /// <summary>What returns from a function that the instance has.</summary>
    private static void Returning(StringBuilder imports, StringBuilder stubs, StringBuilder elements, int j, bool returns, Passed? result)
    {
        if (!returns)
        {
            elements.Append(" $unreachable");
            return;
        }
        string n = StreamText.N(j);
        imports.AppendLine($"      (import \"f\" \"r{n}\" (func $r{n}{(result is null ? "" : " (param i32)")}))");
        stubs.AppendLine($"      (func $return{n} (type $stub) (call $r{n}{(result is null ? "" : " (call $take (i32.load (local.get 0)))")}) (i32.const 0))");
        elements.Append($" $return{n}");
    }

    /// <summary>The core type of a function that is exported.</summary>
    public static string CoreType(StreamFunc func)
    {
        bool returns = func.Lifting == Lifting.Callback || (func.Lifting != Lifting.Stackful && func.Result is not null);
        return string.Concat(Enumerable.Repeat(" (param i32)", func.Flat)) + (returns ? " (result i32)" : "");
    }

    private static void Export(StringBuilder text, StreamFunc func, string name, int j)
    {
        string n = StreamText.N(j);
        text.AppendLine($"      (func (export \"{name}\"){CoreType(func)}");
        for (int i = 0; i < func.Flat; i++)
        {
            string parameter = $"(local.get {StreamText.N(i)})";
            text.AppendLine($"        (call $hold (i32.const {StreamText.N(func.ParamsAt + i)}) {parameter})");
            text.AppendLine($"        (call $log (i32.const {StreamText.N(Machine.LogStart)}) (i32.const {n}) (i32.const {StreamText.N(i)}) {parameter})");
        }
        text.AppendLine(func.Lifting != Lifting.Callback
            ? $"        (drop (call $go (i32.const {n}))){(func.Result is null || func.Lifting == Lifting.Stackful ? "" : " (call $take (global.get $result))")})"
            : $"""
                      (call $go (i32.const {n})))
                    (func (export "callback{n}") (param i32 i32 i32) (result i32)
                      (call $happen (local.get 0) (local.get 1) (local.get 2))
                      (if (i32.eq (local.get 0) (i32.const 6)) (then (call $hold (i32.const {StreamText.N(func.CancelledAt)}) (i32.const 1))))
                      (call $go (i32.const {n})))
              """);
    }

    /// <summary>Built-ins that steps have a code of their own for.</summary>
    private static readonly (string Name, string Type)[] Others =
    [
        ("set-new", "(result i32)"),
        ("set-wait", "(param i32 i32) (result i32)"),
        ("set-poll", "(param i32 i32) (result i32)"),
        ("join", "(param i32 i32)"),
        ("yield", "(result i32)"),
        ("make", "(param i32) (result i32)"),
        ("cancel", "(param i32) (result i32)"),
        ("cancel-async", "(param i32) (result i32)"),
        ("cancel-task", ""),
        ("backpressure-inc", ""),
        ("backpressure-dec", ""),
        ("context-get", "(result i32)"),
        ("context-set", "(param i32)"),
    ];

    private const string Types = """
              (type $new (func (result i64)))
              (type $one (func (param i32)))
              (type $two (func (param i32 i32)))
              (type $cancel (func (param i32) (result i32)))
              (type $copy2 (func (param i32 i32) (result i32)))
              (type $copy3 (func (param i32 i32 i32) (result i32)))
              (type $stub (func (param i32 i32) (result i32)))

        """;

    /// <summary>Registers, and what is known of them.</summary>
    private const string Code = """
              (global $result (mut i32) (i32.const 63))
              (func $get (param $r i32) (result i32) (i32.load (i32.shl (local.get $r) (i32.const 2))))
              (func $hold (param $r i32) (param $value i32)
                (local.set $r (i32.shl (local.get $r) (i32.const 2)))
                (i32.store (local.get $r) (local.get $value))
                (i32.store offset=0x100 (local.get $r) (i32.const 0))
                (i32.store offset=0x300 (local.get $r) (i32.const 0)))
              (func $take (param $r i32) (result i32)
                (call $get (local.get $r))
                (call $hold (local.get $r) (i32.const 0)))
              (func $pending (param $r i32) (result i32) (i32.load offset=0x100 (i32.shl (local.get $r) (i32.const 2))))
              (func $done (param $r i32) (result i32) (i32.load offset=0x300 (i32.shl (local.get $r) (i32.const 2))))
              (func $know (param $r i32) (param $value i32) (param $future i32)
                (local.set $r (i32.shl (local.get $r) (i32.const 2)))
                (i32.store offset=0x200 (local.get $r) (local.get $value))
                (i32.store offset=0x100 (local.get $r) (i32.eq (local.get $value) (i32.const -1)))
                (i32.store offset=0x300 (local.get $r)
                  (select
                    (i32.lt_u (local.get $value) (i32.const 2))
                    (i32.and (i32.eq (i32.and (local.get $value) (i32.const 15)) (i32.const 1)) (i32.ne (local.get $value) (i32.const -1)))
                    (local.get $future))))
              (func $happen (param $code i32) (param $index i32) (param $payload i32)
                (local $r i32)
                (call $log (i32.const 40) (local.get $code) (local.get $index) (local.get $payload))
                (if (i32.eqz (local.get $index)) (then (return)))
                (loop $next
                  (if (i32.eq (call $get (local.get $r)) (local.get $index))
                    (then
                      (if (i32.eq (local.get $code) (i32.const 1))
                        (then (i32.store offset=0x100 (i32.shl (local.get $r) (i32.const 2)) (i32.lt_u (local.get $payload) (i32.const 2))))
                        (else (call $know (local.get $r) (local.get $payload) (i32.ge_u (local.get $code) (i32.const 4)))))))
                  (br_if $next (i32.lt_u (local.tee $r (i32.add (local.get $r) (i32.const 1))) (i32.const 63)))))
              (func $now (param $r i32) (param $when i32) (result i32)
                (block $empty (block $held (block $done (block $idle (block $pending (block $usable (block $always
                  (br_table $always $usable $pending $idle $done $held $empty (local.get $when)))
                  (return (i32.const 1)))
                  (return (i32.and (i32.ne (call $get (local.get $r)) (i32.const 0))
                    (i32.eqz (i32.or (call $pending (local.get $r)) (call $done (local.get $r)))))))
                  (return (call $pending (local.get $r))))
                  (return (i32.and (i32.ne (call $get (local.get $r)) (i32.const 0)) (i32.eqz (call $pending (local.get $r))))))
                  (return (i32.and (i32.ne (call $get (local.get $r)) (i32.const 0)) (call $done (local.get $r)))))
                (return (i32.ne (call $get (local.get $r)) (i32.const 0))))
                (i32.eqz (call $get (local.get $r))))

        """;

    private const string Interpreter = """
              (func $go (param $f i32) (result i32)
                (local $at i32) (local $a i32) (local $b i32) (local $c i32) (local $d i32) (local $r i32) (local $both i64)
                (local.set $f (i32.add (i32.const 0x400) (i32.shl (local.get $f) (i32.const 2))))
                (loop $step
                  (local.set $at (i32.load (local.get $f)))
                  (local.set $a (i32.load offset=4 (local.get $at)))
                  (local.set $b (i32.load offset=8 (local.get $at)))
                  (local.set $c (i32.load offset=12 (local.get $at)))
                  (local.set $d (i32.load offset=16 (local.get $at)))
                  (i32.store (local.get $f) (i32.add (local.get $at)
                    (select (i32.const 48) (i32.const 24)
                      (i32.or (i32.eq (i32.load (local.get $at)) (i32.const 12)) (i32.eq (i32.load (local.get $at)) (i32.const 15))))))
                  (br_if $step (i32.eqz (call $now (local.get $a) (i32.load offset=20 (local.get $at)))))
                  (block $context (block $backpressure (block $cancel-task (block $cancel-subtask
                  (block $make (block $return (block $store (block $load (block $call (block $yield (block $poll (block $await (block $join
                  (block $set (block $forward (block $drop (block $cancel (block $copy2 (block $copy3 (block $new (block $end
                    (br_table $end $new $copy3 $copy2 $cancel $drop $forward $set $join $await $poll $yield $call $load $store $return $make
                      $cancel-subtask $cancel-task $backpressure $context
                      (i32.load (local.get $at))))
                    (global.set $result (local.get $a))
                    (call $log (i32.const 0) (i32.shr_u (local.get $f) (i32.const 2)) (i32.const 0) (i32.const 0))
                    (return (i32.const 0)))
                    (local.set $both (call_indirect (type $new) (local.get $d)))
                    (call $hold (local.get $a) (i32.wrap_i64 (local.get $both)))
                    (call $hold (i32.add (local.get $a) (i32.const 1)) (i32.wrap_i64 (i64.shr_u (local.get $both) (i64.const 32))))
                    (call $log (i32.const 1) (local.get $d) (i32.wrap_i64 (local.get $both)) (i32.wrap_i64 (i64.shr_u (local.get $both) (i64.const 32))))
                    (br $step))
                    (local.set $r (call_indirect (type $copy3) (call $get (local.get $a)) (local.get $b) (local.get $c) (local.get $d)))
                    (call $know (local.get $a) (local.get $r) (i32.const 0))
                    (call $log (i32.const 2) (local.get $d) (local.get $a) (local.get $r))
                    (br $step))
                    (local.set $r (call_indirect (type $copy2) (call $get (local.get $a)) (local.get $b) (local.get $d)))
                    (call $know (local.get $a) (local.get $r) (i32.const 1))
                    (call $log (i32.const 3) (local.get $d) (local.get $a) (local.get $r))
                    (br $step))
                    (local.set $r (call_indirect (type $cancel) (call $get (local.get $a)) (local.get $d)))
                    (call $know (local.get $a) (local.get $r) (local.get $c))
                    (call $log (i32.const 4) (local.get $d) (local.get $a) (local.get $r))
                    (br $step))
                    (call_indirect (type $one) (call $take (local.get $a)) (local.get $d))
                    (call $log (i32.const 5) (local.get $d) (local.get $a) (i32.const 0))
                    (br $step))
                    (call_indirect (type $two) (call $take (local.get $a)) (call $take (local.get $b)) (local.get $d))
                    (call $log (i32.const 6) (local.get $d) (local.get $a) (local.get $b))
                    (br $step))
                    (call $hold (local.get $a) (call $set-new))
                    (call $log (i32.const 7) (local.get $a) (call $get (local.get $a)) (i32.const 0))
                    (br $step))
                    (call $join (call $get (local.get $a)) (call $get (local.get $b)))
                    (call $log (i32.const 8) (local.get $a) (local.get $b) (i32.const 0))
                    (br $step))
                    (br_if $step (i32.and (i32.lt_u (local.get $d) (i32.const 2)) (i32.eqz (call $pending (local.get $a)))))
                    (if (i32.eqz (local.get $d)) (then (i32.store (local.get $f) (local.get $at))))
                    (if (local.get $c) (then (return (i32.or (i32.const 2) (i32.shl (call $get (local.get $b)) (i32.const 4))))))
                    (local.set $r (call $set-wait (call $get (local.get $b)) (i32.const 0x4F0)))
                    (call $happen (local.get $r) (i32.load offset=0x4F0 (i32.const 0)) (i32.load offset=0x4F4 (i32.const 0)))
                    (br $step))
                    (local.set $r (call $set-poll (call $get (local.get $b)) (i32.const 0x4F0)))
                    (call $happen (local.get $r) (i32.load offset=0x4F0 (i32.const 0)) (i32.load offset=0x4F4 (i32.const 0)))
                    (br $step))
                    (if (local.get $c) (then (return (i32.const 1))))
                    (drop (call $yield))
                    (br $step))
                    (local.set $r (call_indirect (type $stub) (i32.add (local.get $at) (i32.const 24)) (local.get $c) (i32.add (local.get $b) (local.get $d))))
                    (call $log (i32.const 12) (local.get $b) (local.get $d) (local.get $r))
                    (if (local.get $d)
                      (then
                        (call $hold (local.get $a) (i32.shr_u (local.get $r) (i32.const 4)))
                        (i32.store offset=0x100 (i32.shl (local.get $a) (i32.const 2)) (i32.lt_u (i32.and (local.get $r) (i32.const 15)) (i32.const 2))))
                      (else (call $hold (local.get $a) (local.get $r))))
                    (br $step))
                    (call $hold (local.get $a) (i32.load $m (local.get $b)))
                    (call $log (i32.const 13) (local.get $a) (call $get (local.get $a)) (i32.const 0))
                    (br $step))
                    (i32.store $m (local.get $b) (call $take (local.get $a)))
                    (call $log (i32.const 14) (local.get $a) (i32.const 0) (i32.const 0))
                    (br $step))
                    (drop (call_indirect (type $stub) (i32.add (local.get $at) (i32.const 24)) (i32.const 0) (local.get $b)))
                    (call $log (i32.const 15) (local.get $b) (i32.const 0) (i32.const 0))
                    (br $step))
                    (call $hold (local.get $a) (call $make (local.get $c)))
                    (call $log (i32.const 16) (local.get $a) (call $get (local.get $a)) (i32.const 0))
                    (br $step))
                    (if (local.get $d)
                      (then (local.set $r (call $cancel-async (call $get (local.get $a)))))
                      (else (local.set $r (call $cancel (call $get (local.get $a))))))
                    (i32.store offset=0x100 (i32.shl (local.get $a) (i32.const 2)) (i32.eq (local.get $r) (i32.const -1)))
                    (call $log (i32.const 17) (local.get $a) (local.get $d) (local.get $r))
                    (br $step))
                    (call $cancel-task)
                    (call $log (i32.const 18) (i32.const 0) (i32.const 0) (i32.const 0))
                    (br $step))
                    (if (local.get $d) (then (call $backpressure-dec)) (else (call $backpressure-inc)))
                    (call $log (i32.const 19) (local.get $d) (i32.const 0) (i32.const 0))
                    (br $step))
                  (if (local.get $d)
                    (then (call $log (i32.const 20) (call $context-get) (i32.const 0) (i32.const 0)))
                    (else (call $context-set (local.get $c))))
                  (br $step))
                (unreachable))
        """;
}
