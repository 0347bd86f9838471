using System.Linq;
using Fact.Component;
using Fact.Component.Binary;
using Fact.Component.Plan;
using Fact.Ir;
using Xunit.Sdk;

namespace Fact.Properties.Component.Link;

/// <summary>Links components that are written as text.</summary>
internal static class Linked
{
    /// <summary>The plan of a component.</summary>
    public static LinkPlan Plan(string text) => Plan(Wasmtime.Module.ConvertText(text));

    /// <summary>The plan of a component.</summary>
    public static LinkPlan Plan(byte[] bytes) => Link(bytes).Match(
        Right: plan => plan,
        Left: error => throw new XunitException(error.ToString()));

    /// <summary>The plan of a component for engines that take no more than so much.</summary>
    public static LinkPlan Plan(string text, EngineLimits limits) => ComponentDecoder.Decode(Wasmtime.Module.ConvertText(text))
        .Bind(ast => ComponentLinker.Link(ast, limits).MapLeft(errors => errors.Items.Single()))
        .Match(Right: plan => plan, Left: error => throw new XunitException(error.ToString()));

    /// <summary>What is wrong with a component.</summary>
    public static Diagnostic Error(string text) => Error(Wasmtime.Module.ConvertText(text));

    /// <summary>What is wrong with a component.</summary>
    public static Diagnostic Error(byte[] bytes) => Link(bytes).Match(
        Right: _ => throw new XunitException("the component was linked"),
        Left: error => error);

    private static LanguageExt.Either<Diagnostic, LinkPlan> Link(byte[] bytes) =>
        ComponentDecoder.Decode(bytes).Bind(ast => ComponentLinker.Link(ast).MapLeft(errors => errors.Items.Single()));

    /// <summary>A component that lifts a function <c>f</c> of no parameters; its number of export is free.</summary>
    public const string Leaf = """
        (component $leaf
          (core module $m (func (export "f")))
          (core instance $i (instantiate $m))
          (func (export "f") (canon lift (core func $i "f"))))
        """;

    /// <summary>A component that imports <c>f</c>, calls it, and exports a function <c>f</c> in turn.</summary>
    public const string Relay = """
        (component $relay
          (import "f" (func $f))
          (core func $lowered (canon lower (func $f)))
          (core module $m (import "" "f" (func)) (func (export "f")))
          (core instance $i (instantiate $m (with "" (instance (export "f" (func $lowered))))))
          (func (export "f") (canon lift (core func $i "f"))))
        """;
}
