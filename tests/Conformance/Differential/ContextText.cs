namespace Fact.Conformance.Differential;

/// <summary>What guests have in addition that use the storage of their threads: each thread has its own, which is empty in the beginning.</summary>
internal static class ContextText
{
    /// <summary>What an allocator leaves in the storage, and a caller before and after a call, and a caller that is called back.</summary>
    public const int OfRealloc = 0xA110C, OfCaller = 0xCA11, OfBack = 0xBAC4;

    /// <summary>What a component has.</summary>
    public const string Functions = """
            (core func $context-get (canon context.get i32 0))
            (core func $context-set (canon context.set i32 0))

        """;

    /// <summary>The functions as arguments of an instantiation.</summary>
    public const string Arguments = """ (with "context" (instance (export "get" (func $context-get)) (export "set" (func $context-set))))""";

    /// <summary>What a core module imports.</summary>
    public const string Imports = """
        (import "context" "get" (func $context-get (result i32)))
              (import "context" "set" (func $context-set (param i32)))

        """;

    /// <summary>Logs what is there.</summary>
    public static string Log { get; } = GuestMain.Entry(GuestText.LogContext, 0, "(i64.extend_i32_u (call $context-get))");

    /// <summary>What a callee leaves there.</summary>
    public static int OfFunc(int func) => 0xF0 + func;

    /// <summary>Puts a number there.</summary>
    public static string Set(int value) => $"(call $context-set (i32.const {PairText.N(value)}))";
}
