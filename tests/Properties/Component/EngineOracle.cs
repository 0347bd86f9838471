using System;
using Wasmtime;

namespace Fact.Properties.Component;

/// <summary>What Wasmtime says of components.</summary>
internal static class EngineOracle
{
    private static readonly Lazy<Engine> Engine = new(() => new Engine(new Config().WithComponentModel(true)));

    /// <summary>Whether it accepts a component.</summary>
    public static bool Accepts(byte[] bytes) => Says(bytes).Length == 0;

    /// <summary>What is wrong with a component; empty where it accepts it.</summary>
    public static string Says(byte[] bytes)
    {
        try
        {
            using var component = Wasmtime.Components.Component.FromBytes(Engine.Value, bytes);
            return "";
        }
        catch (WasmtimeException error)
        {
            return error.Message;
        }
    }
}
