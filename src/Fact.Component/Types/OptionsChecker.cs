using Fact.Component.Ast;
using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Checks canonical options by themselves. Spec: <c>canonopt</c> validation.</summary>
internal sealed class OptionsChecker(CheckContext context, DefinitionScope scope)
{
    private readonly Lookup lookup = new(context, scope);

    /// <summary>The options, whose ids are the numbers of the component; null, with an error, where they are wrong.</summary>
    public CanonicalOptions? Check(CanonOpts opts)
    {
        CoreMemoryType? memoryType = null;
        if (opts.Memory is { } memory)
        {
            memoryType = Memory(memory.Value);
            if (memoryType is null)
                return null;
        }
        var checkedOpts = new CanonicalOptions(
            opts.StringEncoding ?? StringEncoding.Utf8,
            memoryType is null ? null : new(new(opts.Memory!.Value.Value), memoryType),
            Id(opts.Realloc),
            opts.IsAsync,
            Id(opts.Callback),
            Id(opts.PostReturn),
            opts.IsGc ? DataModel.Gc : DataModel.LinearMemory);
        if (opts.Callback is not null && !opts.IsAsync)
            return Fail(DiagnosticCode.CanonicalOption, "the option callback needs the option async");
        if (opts.PostReturn is not null && opts.IsAsync)
            return Fail(DiagnosticCode.CanonicalOption, "the options post-return and async exclude each other");
        if (opts.CoreType is not null && !opts.IsGc)
            return Fail(DiagnosticCode.CanonicalOption, "the option core-type needs the option gc");
        return Realloc(checkedOpts) && Callback(checkedOpts) ? checkedOpts : null;
    }

    /// <summary>The type of a memory that values can live in; null, with an error, where it is of another kind.</summary>
    public CoreMemoryType? Memory(uint index)
    {
        if (lookup.CoreMemory(index) is not { } type)
            return null;
        if (!type.Limits.IsShared)
            return new CoreMemoryType(type.Is64, type.PageSizeLog2);
        context.Fail(DiagnosticCode.CanonicalOption, $"core memory {index} is shared, which the option memory does not allow");
        return null;
    }

    private static CoreFuncId? Id(CoreFuncIdx? index) => index is { } at ? new(at.Value) : null;

    private bool Realloc(CanonicalOptions options)
    {
        if (options.Realloc is not { Value: var realloc })
            return true;
        if (options.Memory is null)
            return context.Fail(DiagnosticCode.CanonicalOption, "the option realloc needs the option memory");
        if (lookup.CoreFunc(realloc) is not { } type)
            return false;
        var ptr = options.PointerType;
        return context.CoreTypes.Is(type, [ptr, ptr, ptr, ptr], [ptr])
            || context.Fail(
                DiagnosticCode.WrongCoreType,
                $"core function {realloc} cannot be realloc: it has type {context.CoreTypes.Text(type)}, not four addresses to an address of the memory");
    }

    private bool Callback(CanonicalOptions options)
    {
        if (options.Callback is not { Value: var callback })
            return true;
        if (lookup.CoreFunc(callback) is not { } type)
            return false;
        return context.CoreTypes.Is(type, [CoreValType.I32, CoreValType.I32, CoreValType.I32], [CoreValType.I32])
            || context.Fail(
                DiagnosticCode.WrongCoreType,
                $"core function {callback} cannot be a callback: it has type {context.CoreTypes.Text(type)}, not (func (param i32 i32 i32) (result i32))");
    }

    private CanonicalOptions? Fail(DiagnosticCode code, string message)
    {
        context.Fail(code, message);
        return null;
    }
}
