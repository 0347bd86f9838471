using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Checks <c>canon lift</c> and <c>canon lower</c>.</summary>
internal sealed class CanonChecker(CheckContext context, DefinitionScope scope)
{
    private readonly Lookup lookup = new(context, scope);
    private readonly OptionsChecker optionsChecker = new(context, scope);
    private readonly BuiltinChecker builtins = new(context, scope);

    /// <summary>A canonical function; null, with an error, where it is wrong.</summary>
    public Step? Check(long offset, Canon canon)
    {
        if (canon is Canon.Lift lift)
            return Lift(offset, lift);
        return canon is Canon.Lower lower ? Lower(offset, lower) : Builtin(offset, canon);
    }

    private Step? Lift(long offset, Canon.Lift lift)
    {
        context.Enter("canon lift of function", scope.Funcs.Count);
        if (lookup.FuncType(lift.Type.Value) is not { FuncType: var type } lifted || lookup.CoreFunc(lift.Callee.Value) is not { } callee)
            return null;
        if (optionsChecker.Check(lift.Opts) is not { } options)
            return null;
        if (lift.Opts.CoreType is not null)
            return Fail(DiagnosticCode.CanonicalOption, "the option core-type is not allowed on canon lift");
        if (options.DataModel == DataModel.Gc && !WithoutValues(type, options, "canon lift"))
            return null;
        if (!RequiredOptions.Lift(context, type, options))
            return null;
        var coreType = CanonicalCoreType.OfLift(type, options);
        if (!context.CoreTypes.Is(callee, coreType.Params.AsSpan(), coreType.Results.AsSpan()))
        {
            return Fail(
                DiagnosticCode.WrongCoreType,
                $"core function {lift.Callee.Value} has type {context.CoreTypes.Text(callee)}, but lifting to the function type takes "
                + CoreText.Of(coreType));
        }
        if (options.PostReturn is { } postReturn && !PostReturn(postReturn.Value, coreType))
            return null;
        scope.Funcs.Add(lifted);
        scope.FuncNames.Add(default);
        if (!ExternChecker.Bounded(context, scope.Funcs.Count, ComponentLimits.Items, "functions"))
            return null;
        context.Leave();
        return new Step.Lift(offset, lift.Callee.Value, type, options, coreType);
    }

    private Step? Lower(long offset, Canon.Lower lower)
    {
        context.Enter("canon lower to core function", scope.CoreFuncs.Count);
        if (lookup.Func(lower.Callee.Value) is not { FuncType: var type } || optionsChecker.Check(lower.Opts) is not { } options)
            return null;
        if (options.PostReturn is not null || options.Callback is not null)
            return Fail(DiagnosticCode.CanonicalOption, $"the option {(options.Callback is null ? "post-return" : "callback")} is not allowed on canon lower");
        if (options.DataModel == DataModel.Gc && !(WithoutValues(type, options, "canon lower") && CoreType(lower.Opts)))
            return null;
        if (!RequiredOptions.Lower(context, type, options))
            return null;
        var coreType = CanonicalCoreType.OfLower(type, options);
        if (!Add(coreType))
            return null;
        context.Leave();
        return new Step.Lower(offset, lower.Callee.Value, scope.FuncNames[(int)lower.Callee.Value], type, options, coreType);
    }

    private Step? Builtin(long offset, Canon canon)
    {
        context.Enter("canon built-in, core function", scope.CoreFuncs.Count);
        if (builtins.Check(offset, canon) is not { } step || !Add(step.CoreType))
            return null;
        context.Leave();
        return step;
    }

    private bool Add(CoreFuncType type)
    {
        scope.CoreFuncs.Add(context.CoreTypes.Func(type));
        return ExternChecker.Bounded(context, scope.CoreFuncs.Count, ComponentLimits.Items, "core functions");
    }

    private bool PostReturn(uint index, CoreFuncType lifted)
    {
        if (lookup.CoreFunc(index) is not { } type)
            return false;
        var expected = new CoreFuncType(lifted.Results, []);
        return context.CoreTypes.Is(type, expected.Params.AsSpan(), expected.Results.AsSpan())
            || context.Fail(
                DiagnosticCode.WrongCoreType,
                $"core function {index} cannot be post-return: it has type {context.CoreTypes.Text(type)}, not {CoreText.Of(expected)}");
    }

    // The GC ABI is not settled but for functions without values, which are the same in every ABI.
    private bool WithoutValues(ComponentFuncType type, CanonicalOptions options, string where) =>
        type is { Params.IsEmpty: true, Result: null } && !options.Async
        || context.Fail(DiagnosticCode.Unsupported, $"{where} with the option gc is not supported for functions with parameters, a result or async: use linear memory");

    private bool CoreType(CanonOpts opts)
    {
        if (opts.CoreType is not { } index)
            return context.Fail(DiagnosticCode.CanonicalOption, "canon lower with the option gc needs the option core-type");
        if (CoreTypeChecker.Func(context, scope.CoreTypes, index.Value) is not { } type)
            return false;
        return type is { IsPlain: true, Func: { Params.IsEmpty: true, Results.IsEmpty: true } }
            || context.Fail(DiagnosticCode.WrongCoreType, $"core type {index.Value} is {CheckedCoreText.Of(type)}, but the function is lowered to (func)");
    }

    private Step? Fail(DiagnosticCode code, string message)
    {
        context.Fail(code, message);
        return null;
    }
}
