using System;
using System.Linq;
using Fact.Ir;
using Fact.Ir.Plan;
using Fact.Lower;
using Fact.Lower.Passes;

namespace Fact.Properties.Generators;

/// <summary>Unpacks what the compiler returns.</summary>
public static class Compiled
{
    /// <summary>The module; fails with the errors where there is none.</summary>
    public static AdapterModule Module(EquatableArray<Adapter> adapters, CompileOptions options) =>
        AdapterCompiler.Compile(adapters, options).Match(
            Right: module => module,
            Left: errors => throw new InvalidOperationException(string.Join("\n", errors.Items)));

    public static AdapterModule Module(AdapterPlan plan, CompileOptions? options = null) => Module([plan.Build()], options ?? CompileOptions.Default);

    /// <summary>The module that is made with other passes.</summary>
    internal static AdapterModule Module(Adapter adapter, CompileOptions options, PassList passes) =>
        AdapterCompiler.Compile([adapter], options.Lower with { Passes = passes }, options.Emit, new CodeBudget(1)).Match(
            Right: module => module,
            Left: errors => throw new InvalidOperationException(string.Join("\n", errors.Items)));

    /// <summary>The errors; none where there is a module.</summary>
    public static Diagnostic[] Errors(params Adapter[] adapters) =>
        AdapterCompiler.Compile([.. adapters], CompileOptions.Default).Match(Right: _ => [], Left: errors => errors.Items.ToArray());

    /// <summary>What the code is written from.</summary>
    internal static CallPlan[] Plans(EquatableArray<Adapter> adapters, LowerOptions? options = null)
    {
        var plans = Planning.Run(adapters, options ?? new(), new CodeBudget(adapters.Length), out var errors);
        return errors.IsEmpty ? plans : throw new InvalidOperationException(string.Join("\n", errors.Items));
    }

    /// <summary>The program before it is emitted.</summary>
    internal static AdapterProgram Program(EquatableArray<Adapter> adapters, LowerOptions? options = null) =>
        Lowering.Run(adapters, options ?? new()).Match(
            Right: program => program,
            Left: errors => throw new InvalidOperationException(string.Join("\n", errors.Items)));

    /// <summary>How many instructions, and parts of types, compiling takes off the budget.</summary>
    internal static long Work(EquatableArray<Adapter> adapters, LowerOptions? options = null)
    {
        var budget = new CodeBudget(adapters.Length, long.MaxValue, default);
        Lowering.Run(adapters, options ?? new(), budget);
        return long.MaxValue - budget.Left;
    }
}
