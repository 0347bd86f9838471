using System.Globalization;
using System.Linq;
using System.Text;
using Fact.Conformance.Differential;

namespace Fact.Conformance.Streams;

/// <summary>A setting as a component. It exports <c>setup0</c> … , and <c>run</c>; it imports <c>log</c>, or keeps the log and exports <c>dump</c>.</summary>
internal static class StreamText
{
    /// <summary>The text.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="keepsLog">Whether it keeps the log.</param>
    public static string Component(StreamSetting setting, bool keepsLog)
    {
        var text = new StringBuilder("(component\n").Append(keepsLog ? StreamLogText.Keeper(LogType) : ImportLog).Append(Leaf);
        text.AppendLine("  (instance $leaf (instantiate $Leaf (with \"log\" (func $log))))");
        if (setting.Back == CallsBack.None)
            Instances(text, setting, down: 0);
        else
            Instance(text, setting, 0);
        for (int i = 0; i < setting.Instances; i++)
        {
            string from = setting.Back == CallsBack.None ? N(i) : "0";
            text.AppendLine($"  (export \"setup{N(i)}\" (func $g{from} \"setup{N(i)}\"))");
        }
        return text.AppendLine("  (export \"run\" (func $g0 \"run\"))\n)").ToString();
    }

    private static void Instances(StringBuilder text, StreamSetting setting, int down)
    {
        for (int i = setting.Instances - 1; i >= down; i--)
            Instance(text, setting, i);
    }

    private static void Instance(StringBuilder text, StreamSetting setting, int i)
    {
        string n = N(i);
        text.AppendLine(Guest(setting, i));
        text.Append($"  (instance $g{n} (instantiate $G{n} (with \"log\" (func $log)) (with \"leaf\" (instance $leaf))");
        foreach (int owner in Owners(setting, i))
            text.Append($" (with \"g{N(owner)}\" (instance $g{N(owner)}))");
        text.AppendLine("))");
    }

    /// <summary>The other instances whose functions an instance imports.</summary>
    private static int[] Owners(StreamSetting setting, int instance) => instance == 0 && setting.Back != CallsBack.None
        ? []
        : [.. setting.Funcs.Items.Where(f => setting.Calls(instance, f)).Select(f => f.Owner).Distinct()];

    private static string Guest(StreamSetting setting, int instance)
    {
        var types = new TypeText();
        var text = new StringBuilder($"  (component $G{N(instance)}\n{ImportLog}{ImportLeaf}");
        for (int k = 0; k < setting.Channels.Length; k++)
            text.AppendLine($"    (type $c{N(k)} {Type(setting.Channels[k])})");
        foreach (int owner in Owners(setting, instance))
        {
            text.AppendLine($"    (import \"g{N(owner)}\" (instance $g{N(owner)}");
            for (int j = 0; j < setting.Funcs.Length; j++)
            {
                if (setting.Funcs[j].Owner == owner)
                    text.AppendLine($"      (export \"f{N(j)}\" (func {Type(setting, types, j)}))");
            }
            text.AppendLine("    ))");
        }
        text.Append(Libc(instance)).Append(Builtins(setting));
        bool isAround = instance == 0 && setting.Back != CallsBack.None;
        if (isAround)
            StreamShim.Around(text, setting, j => Lift(setting, types, j, "shim", $"$lift-f{N(j)}"), () => Instances(text, setting, down: 1));
        for (int j = 0; j < setting.Funcs.Length; j++)
        {
            var func = setting.Funcs[j];
            string result = func.Result is { } returned ? $" (result {types.Of(returned.Type(setting))})" : "";
            if (func.Owner == instance && IsAsync(func.Lifting))
                text.AppendLine($"    (core func $r{N(j)} (canon task.return{result} {Memory}))");
            if (!setting.Calls(instance, func))
                continue;
            string callee = isAround && func.Owner == 0 ? $"(func $lift-f{N(j)})" : $"(func $g{N(func.Owner)} \"f{N(j)}\")";
            text.AppendLine($"    (core func $s{N(j)} (canon lower {callee} {Memory}))");
            if (func.Lifting != Lifting.Plain)
                text.AppendLine($"    (core func $a{N(j)} (canon lower {callee} async {Memory}))");
        }
        text.AppendLine($"    (core func $r{N(Machine.RunSlot)} (canon task.return))");
        text.AppendLine(MachineText.Module(setting, instance)).Append(Instantiate(setting, instance));
        if (isAround)
            StreamShim.Fill(text, setting);
        for (int j = 0; j < setting.Funcs.Length && !isAround; j++)
        {
            if (setting.Funcs[j].Owner == instance)
                text.AppendLine(Lift(setting, types, j, "main", $"(export \"f{N(j)}\")"));
        }
        if (isAround)
        {
            for (int i = 1; i < setting.Instances; i++)
                text.AppendLine($"    (export \"setup{N(i)}\" (func $g{N(i)} \"setup{N(i)}\"))");
        }
        string run = setting.Run == Lifting.Plain ? "" : "async ";
        return text.AppendLine($"    (func (export \"run\") {run}(canon lift (core func $main \"run\"){How(setting.Run, Machine.RunSlot, "main")}))\n  )").ToString();
    }

    /// <summary>Whether a function returns through <c>task.return</c>.</summary>
    private static bool IsAsync(Lifting lifting) => lifting is Lifting.Callback or Lifting.Stackful;

    private static string Lift(StreamSetting setting, TypeText types, int j, string module, string name) =>
        $"    (func {name} {Type(setting, types, j)} (canon lift (core func ${module} \"f{N(j)}\") {Memory} {Realloc}{How(setting.Funcs[j].Lifting, j, module)}))";

    private static string How(Lifting lifting, int j, string module) => lifting switch
    {
        Lifting.Callback => $" async (callback (core func ${module} \"callback{N(j)}\"))",
        Lifting.Stackful => " async",
        _ => "",
    };

    private static string Type(StreamSetting setting, TypeText types, int j) =>
        (setting.Funcs[j].Lifting == Lifting.Plain ? "" : "async ") + types.Of(setting.Funcs[j].Type(setting));

    /// <summary>The type of a channel.</summary>
    public static string Type(Channel channel) =>
        $"({(channel.IsStream ? "stream" : "future")}{(channel.Element is { } element ? " " + new TypeText().Of(element) : "")})";

    private static string Builtins(StreamSetting setting)
    {
        var text = new StringBuilder("""
                (core func $set-new (canon waitable-set.new))
                (core func $set-wait (canon waitable-set.wait (memory (core memory $libc "control"))))
                (core func $set-poll (canon waitable-set.poll (memory (core memory $libc "control"))))
                (core func $set-drop (canon waitable-set.drop))
                (core func $join (canon waitable.join))
                (core func $yield (canon thread.yield))
                (core func $subtask-drop (canon subtask.drop))
                (core func $resource-drop (canon resource.drop $r0))
                (core func $make (canon lower (func $leaf "make")))
                (core func $cancel (canon subtask.cancel))
                (core func $cancel-async (canon subtask.cancel async))
                (core func $cancel-task (canon task.cancel))
                (core func $backpressure-inc (canon backpressure.inc))
                (core func $backpressure-dec (canon backpressure.dec))
                (core func $context-get (canon context.get i32 0))
                (core func $context-set (canon context.set i32 0))

            """);
        for (int k = 0; k < setting.Channels.Length; k++)
        {
            string of = setting.Channels[k].IsStream ? "stream" : "future", options = $"{Memory} {Realloc}";
            string[] builtins =
            [
                $"{of}.new $c{N(k)}",
                $"{of}.read $c{N(k)} async {options}",
                $"{of}.write $c{N(k)} async {options}",
                $"{of}.read $c{N(k)} {options}",
                $"{of}.write $c{N(k)} {options}",
                $"{of}.cancel-read $c{N(k)}",
                $"{of}.cancel-write $c{N(k)}",
                $"{of}.drop-readable $c{N(k)}",
                $"{of}.drop-writable $c{N(k)}",
                $"{of}.forward $c{N(k)}",
                $"{of}.cancel-read $c{N(k)} async",
                $"{of}.cancel-write $c{N(k)} async",
            ];
            for (int b = 0; b < builtins.Length; b++)
            {
                if (b != Machine.Forward || setting.Forwards)
                    text.AppendLine($"    (core func $c{N(k)}-{N(b)} (canon {builtins[b]}))");
            }
        }
        return text.ToString();
    }

    private static string Instantiate(StreamSetting setting, int instance)
    {
        var text = new StringBuilder("    (core instance $main (instantiate $Main (with \"libc\" (instance $libc)) (with \"b\" (instance");
        foreach (string name in Plain)
            text.Append($" (export \"{name}\" (func ${name}))");
        for (int k = 0; k < setting.Channels.Length; k++)
        {
            for (int b = 0; b < Machine.OfChannel; b++)
            {
                if (b != Machine.Forward || setting.Forwards)
                    text.Append($" (export \"c{N(k)}-{N(b)}\" (func $c{N(k)}-{N(b)}))");
            }
        }
        text.Append(")) (with \"f\" (instance");
        for (int j = 0; j < setting.Funcs.Length; j++)
        {
            if (setting.Funcs[j].Owner == instance && IsAsync(setting.Funcs[j].Lifting))
                text.Append($" (export \"r{N(j)}\" (func $r{N(j)}))");
            if (!setting.Calls(instance, setting.Funcs[j]))
                continue;
            text.Append($" (export \"s{N(j)}\" (func $s{N(j)}))");
            if (setting.Funcs[j].Lifting != Lifting.Plain)
                text.Append($" (export \"a{N(j)}\" (func $a{N(j)}))");
        }
        return text.AppendLine($" (export \"r{N(Machine.RunSlot)}\" (func $r{N(Machine.RunSlot)}))))))").ToString();
    }

    /// <summary>The built-ins that have to do with no channel.</summary>
    private static readonly string[] Plain =
    [
        "set-new", "set-wait", "set-poll", "set-drop", "join", "yield", "subtask-drop", "resource-drop", "make",
        "cancel", "cancel-async", "cancel-task", "backpressure-inc", "backpressure-dec", "context-get", "context-set",
    ];

    private const string Memory = "(memory (core memory $libc \"m\"))", Realloc = "(realloc (core func $libc \"realloc\"))";

    private const string LogType = """(func $log (param "who" u32) (param "what" u32) (param "a" u32) (param "b" u32) (param "c" u32) (param "hash" u32))""";

    private const string ImportLog = $"""  (import "log" {LogType})""" + "\n  (core func $lowered-log (canon lower (func $log)))\n";

    private const string ImportLeaf = """
            (import "leaf" (instance $leaf
              (export "r0" (type $r0 (sub resource)))
              (export "make" (func (param "rep" u32) (result (own $r0))))))
            (alias export $leaf "r0" (type $r0))

        """;

    private static string Leaf => $$"""
          (component $Leaf
        {{ImportLog}}    (core module $Destructor
              (import "" "log" (func $log (param i32 i32 i32 i32 i32 i32)))
              (func (export "dtor") (param i32)
                (call $log
                  (i32.const {{N(Machine.Leaf)}}) (i32.const {{N(Machine.LogDestructor)}}) (local.get 0) (i32.const 0) (i32.const 0) (i32.const 0))))
            (core instance $destructor (instantiate $Destructor (with "" (instance (export "log" (func $lowered-log))))))
            (type $r0-own (resource (rep i32) (dtor (core func $destructor "dtor"))))
            (export $r0 "r0" (type $r0-own))
            (core func $new (canon resource.new $r0-own))
            (func (export "make") (param "rep" u32) (result (own $r0)) (canon lift (core func $new))))

        """;

    /// <summary>Memories, allocator and log of a guest: values are in one that has nothing of the machine. What is logged has with it what that holds.</summary>
    private static string Libc(int instance) => $$"""
            (core module $Libc
              (import "" "log" (func $host-log (param i32 i32 i32 i32 i32 i32)))
              (memory $control (export "control") 1)
              (memory $m (export "m") 1)
              (func $hash (result i32)
                (local $at i32) (local $hash i32)
                (local.set $at (i32.const {{N(Machine.Data)}}))
                (loop $next
                  (local.set $hash (i32.mul (i32.xor (local.get $hash) (i32.load $m (local.get $at))) (i32.const 16777619)))
                  (br_if $next (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (i32.const {{N(Machine.Data + Machine.DataSize)}}))))
                (local.get $hash))
              (func $log (export "log") (param i32 i32 i32 i32)
                (call $host-log (i32.const {{N(instance)}}) (local.get 0) (local.get 1) (local.get 2) (local.get 3) (call $hash)))
              (func (export "realloc") (param $old i32) (param $old-size i32) (param $align i32) (param $size i32) (result i32)
                (local $at i32)
                (local.set $at (i32.and
                  (i32.add (i32.load (i32.const {{N(Machine.Free)}})) (i32.sub (local.get $align) (i32.const 1)))
                  (i32.sub (i32.const 0) (local.get $align))))
                (i32.store (i32.const {{N(Machine.Free)}}) (i32.add (local.get $at) (local.get $size)))
                (memory.copy $m $m (local.get $at) (local.get $old)
                  (select (local.get $old-size) (local.get $size) (i32.lt_u (local.get $old-size) (local.get $size))))
                (local.get $at))
              (func (export "setup-realloc") (param i32 i32 i32 i32) (result i32) (i32.const {{N(Machine.Incoming)}}))
              (func (export "setup") (param $at i32) (param $size i32)
                (local $end i32)
                (local.set $end (i32.add (local.get $at) (local.get $size)))
                (loop $next
                  (if (i32.ge_u (local.get $at) (local.get $end)) (then (return)))
                  (if (i32.ge_u (i32.load (local.get $at)) (i32.const {{N(Machine.Data)}}))
                    (then (memory.copy $m $control (i32.load (local.get $at)) (i32.add (local.get $at) (i32.const 8)) (i32.load offset=4 (local.get $at))))
                    (else (memory.copy (i32.load (local.get $at)) (i32.add (local.get $at) (i32.const 8)) (i32.load offset=4 (local.get $at)))))
                  (local.set $at (i32.add (local.get $at) (i32.add (i32.const 8) (i32.load offset=4 (local.get $at)))))
                  (br $next))))
            (core instance $libc (instantiate $Libc (with "" (instance (export "log" (func $lowered-log))))))
            (func (export "setup{{N(instance)}}") (param "image" string)
              (canon lift (core func $libc "setup") (memory (core memory $libc "control")) (realloc (core func $libc "setup-realloc")) string-encoding=latin1+utf16))

        """;

    internal static string N(int value) => value.ToString(CultureInfo.InvariantCulture);
}
