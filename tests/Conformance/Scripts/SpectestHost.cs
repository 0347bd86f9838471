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

    /// <summary>Its functions that only make sense where they can take their time.</summary>
    public static IReadOnlyList<string> Waiting { get; } = ["host#return-two-slowly", "host#echo-slowly", "host#never-return", "host#[method]resource1.never-return", "wasmtime#set-max-table-capacity", "wasmtime#gc"];

    /// <summary>How those fail.</summary>
    public const string NeedsTime = "the function needs time";

    /// <summary>All of it; the resources are new ones.</summary>
    public static HostImports Imports()
    {
        var imports = HostImports.None.WithCoreModule("host#simple-module", SimpleModule);
        foreach (var (name, constant) in Functions)
            imports = imports.WithFunction(name, arguments => constant is { } value ? ComponentValues.U32(value) : arguments[0]);
        foreach (string name in Waiting)
            imports = imports.WithFunction(name, _ => throw new NotSupportedException(NeedsTime));
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
