using System;
using System.Collections.Generic;
using Fact.Host;
using Fact.Ir;
using Fact.Values;
using Wasmtime;

namespace Fact.Conformance.Scripts;

/// <summary>What Wasmtime's runner of scripts gives to components to import, beside what scripts define themselves.</summary>
internal static class SpectestHost
{
    /// <summary>The core module that an imported instance has.</summary>
    public static byte[] SimpleModule { get; } = Module.ConvertText("""
        (module
          (global (export "g") i32 (i32.const 100))
          (func (export "f") (result i32) (i32.const 101)))
        """);

    /// <summary>Its functions without resources, by name. They return their argument or a constant.</summary>
    public static IReadOnlyDictionary<string, uint?> Functions { get; } = new Dictionary<string, uint?>
    {
        ["host-echo-u32"] = null,
        ["host-return-two"] = 2,
        ["host#return-three"] = 3,
        ["host#nested#return-four"] = 4,
    };

    /// <summary>Its functions that return later than they are called, or never.</summary>
    public static IReadOnlyList<string> Waiting { get; } = ["host#return-two-slowly", "host#echo-slowly", "host#never-return", "host#[method]resource1.never-return"];

    /// <summary>Its functions that change Wasmtime itself.</summary>
    public static IReadOnlyList<string> Inside { get; } = ["wasmtime#set-max-table-capacity", "wasmtime#gc"];

    /// <summary>How those fail.</summary>
    public const string IsInside = "the function changes Wasmtime itself";

    /// <summary>All of it; the resources are new ones.</summary>
    /// <param name="slow">What makes functions return.</param>
    public static HostImports Imports(SlowFunctions slow)
    {
        var imports = HostImports.None.WithCoreModule("host#simple-module", SimpleModule);
        foreach (var (name, constant) in Functions)
            imports = imports.WithFunction(name, arguments => constant is { } value ? ComponentValues.U32(value) : arguments[0]);
        foreach (string name in Inside)
            imports = imports.WithFunction(name, _ => throw new NotSupportedException(IsInside));
        imports = imports
            .WithAsyncFunction("host#return-two-slowly", slow.Returning(_ => ComponentValues.S32(2)))
            .WithAsyncFunction("host#echo-slowly", slow.Returning(arguments => arguments[0]))
            .WithAsyncFunction("host#never-return", SlowFunctions.Never)
            .WithAsyncFunction("host#[method]resource1.never-return", SlowFunctions.Never);
        return WithResources(imports.WithFunction("host#return-hi", _ => ComponentValues.String("hi")));
    }

    private static HostImports WithResources(HostImports imports)
    {
        var type = new ResourceType("resource1");
        uint drops = 0, lastDrop = 0;
        return imports
            .WithResource("host#resource1", type, Dropped)
            .WithResource("host#resource2", new ResourceType("resource2"))
            .WithResource("host#resource1-again", type, Dropped)
            .WithFunction("host#[constructor]resource1", a => new ComponentValue.Own(HostHandle.New(type, U32(a[0]))))
            .WithFunction("host#[static]resource1.assert", a => Check(Own(a[0]).Rep == U32(a[1])))
            .WithFunction("host#[static]resource1.last-drop", _ => ComponentValues.U32(lastDrop))
            .WithFunction("host#[static]resource1.drops", _ => ComponentValues.U32(drops))
            .WithFunction("host#[method]resource1.simple", a => Check(Borrow(a[0]).Rep == U32(a[1])))
            .WithFunction("host#[method]resource1.take-borrow", a => Check(Borrow(a[0]).IsLive && Borrow(a[1]).IsLive))
            .WithFunction("host#[method]resource1.take-own", a => Check(Borrow(a[0]).IsLive && Own(a[1]).IsOwned));

        void Dropped(ulong rep) => (drops, lastDrop) = (drops + 1, (uint)rep);
    }

    private static ComponentValue? Check(bool holds) => holds ? null : throw new InvalidOperationException("an assertion of the script failed");

    private static uint U32(ComponentValue value) => ((ComponentValue.U32)value).Value;

    private static HostHandle Own(ComponentValue value) => ((ComponentValue.Own)value).Handle;

    private static HostHandle Borrow(ComponentValue value) => ((ComponentValue.Borrow)value).Handle;
}
