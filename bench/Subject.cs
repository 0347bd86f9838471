using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Fact.Component;
using Fact.Component.Ast;
using Fact.Component.Binary;
using Fact.Component.Plan;
using Fact.Emit;
using Fact.Ir;
using Fact.Lower;
using LanguageExt;

namespace Fact.Bench;

/// <summary>A component in every form that it has on its way, so that each step can be measured by itself.</summary>
internal sealed class Subject
{
    // Steps do what the reference compiler does; what the library does by default is a case of its own.
    private static readonly LowerOptions LowerOptions = CompileOptions.Reference.Lower;
    private static readonly EncodeOptions EncodeOptions = new();
    private const int FirstWithStrings = 3;

    private readonly byte[] bytes;
    private readonly ComponentAst ast;
    private readonly EquatableArray<Adapter>[] modules;
    private readonly AdapterProgram[] programs;
    private readonly AdapterProgram[] canonical;
    private readonly ResolvedModule[] resolved;

    public Subject(string name, byte[] bytes)
    {
        Name = name;
        this.bytes = bytes;
        ast = Decode();
        modules = [.. Link().AdapterModules.Select(module => module.Adapters)];
        programs = Lower();
        canonical = Canonicalize();
        resolved = Resolve();
        Adapters = modules.Sum(module => module.Length);
        EncodedBytes = Encode();
    }

    /// <summary>What reports call it.</summary>
    public string Name { get; }

    /// <summary>How many adapters it has.</summary>
    public int Adapters { get; }

    /// <summary>The size of its binary.</summary>
    public int InputBytes => bytes.Length;

    /// <summary>The size of its adapter modules together.</summary>
    public int EncodedBytes { get; }

    /// <summary>The component that somebody would rather see measured than a generated one, in the file that the environment names; null where it names none.</summary>
    public static Subject? Synthetic() =>
        Environment.GetEnvironmentVariable("FACT_SYNTHETIC") is { Length: > 0 } path ? new Subject("synthetic", File.ReadAllBytes(path)) : null;

    /// <summary>A generated component; those with few adapters have them with strings and lists, which cost something.</summary>
    public static Subject Of(int adapters) => new($"generated-{adapters}", Generated.Component(adapters, first: adapters < 10 ? FirstWithStrings : 0));

    /// <summary>The functions of its adapter modules.</summary>
    public IEnumerable<ResolvedFunc> Funcs => resolved.SelectMany(module => module.Funcs);

    public ComponentAst Decode() => Right(ComponentDecoder.Decode(bytes));

    public LinkPlan Link() => Right(ComponentLinker.Link(ast));

    public AdapterProgram[] Lower() => Array.ConvertAll(modules, adapters => Right(Lowering.Run(adapters, LowerOptions)));

    public AdapterProgram[] Canonicalize() => Array.ConvertAll(programs, Emit.Canonicalize.Run);

    public ResolvedModule[] Resolve() => Array.ConvertAll(canonical, Emit.Resolve.Run);

    /// <summary>Returns the number of bytes.</summary>
    public int Encode() => resolved.Sum(module => Emit.Encode.Run(module, EncodeOptions).Length);

    /// <summary>From adapters to bytes: lower, canonicalize, resolve, encode.</summary>
    public int Compile() => Compile(CompileOptions.Reference);

    /// <summary>The same, to modules that are fast and convert strings themselves.</summary>
    public int CompileByDefault() => Compile(CompileOptions.Default);

    private int Compile(CompileOptions options)
    {
        int length = 0;
        foreach (var adapters in modules)
            length += Right(AdapterCompiler.Compile(adapters, options)).Bytes.Length;
        return length;
    }

    /// <summary>From the component's bytes to the modules' bytes.</summary>
    public int All()
    {
        int length = 0;
        foreach (var module in Right(ComponentLinker.Link(Decode())).AdapterModules)
            length += Right(AdapterCompiler.Compile(module.Adapters, CompileOptions.Reference)).Bytes.Length;
        return length;
    }

    private static T Right<TError, T>(Either<TError, T> result) =>
        result.Match(Right: value => value, Left: error => throw new InvalidOperationException($"the benchmark's component does not compile: {error}"));
}
