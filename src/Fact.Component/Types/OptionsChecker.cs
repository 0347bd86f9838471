using Fact.Component.Ast;

namespace Fact.Component.Types;

/// <summary>Checks canonical options by themselves. Spec: <c>canonopt</c> validation.</summary>
internal sealed class OptionsChecker(CheckContext context, Scope scope)
{
    private readonly Lookup lookup = new(context, scope);

    /// <summary>The options with what they refer to; null, with an error, where they are wrong.</summary>
    public CheckedOptions? Check(CanonOpts opts)
    {
        Ir.MemoryType? memoryType = null;
        if (opts.Memory is { } memory)
        {
            memoryType = Memory(memory.Value);
            if (memoryType is null)
                return null;
        }
        var checkedOpts = new CheckedOptions(
            (Ir.StringEncoding)(opts.StringEncoding ?? StringEncoding.Utf8),
            opts.Memory?.Value,
            memoryType,
            opts.Realloc?.Value,
            opts.PostReturn?.Value,
            opts.IsAsync,
            opts.Callback?.Value,
            opts.IsGc);
        if (opts.Callback is not null && !opts.IsAsync)
            return Fail("the option callback needs the option async");
        if (opts.PostReturn is not null && opts.IsAsync)
            return Fail("the options post-return and async exclude each other");
        if (opts.CoreType is not null && !opts.IsGc)
            return Fail("the option core-type needs the option gc");
        return Realloc(checkedOpts) && Callback(checkedOpts) ? checkedOpts : null;
    }

    /// <summary>The type of a memory that values can live in; null, with an error, where it is of another kind.</summary>
    public Ir.MemoryType? Memory(uint index)
    {
        if (lookup.CoreMemory(index) is not { } type)
            return null;
        if (!type.Limits.IsShared)
            return new Ir.MemoryType(type.Limits.Is64, (int)type.PageSizeLog2);
        context.Fail($"core memory {index} is shared, which the option memory does not allow");
        return null;
    }

    private bool Realloc(CheckedOptions options)
    {
        if (options.Realloc is not { } realloc)
            return true;
        if (options.Memory is null)
            return context.Fail("the option realloc needs the option memory");
        if (lookup.CoreFunc(realloc) is not { } type)
            return false;
        var ptr = options.Ptr;
        return context.CoreTypes.Is(type, [ptr, ptr, ptr, ptr], [ptr])
            || context.Fail($"core function {realloc} cannot be realloc: it has type {context.CoreTypes.Text(type)}, not four addresses to an address of the memory");
    }

    private bool Callback(CheckedOptions options)
    {
        if (options.Callback is not { } callback)
            return true;
        if (lookup.CoreFunc(callback) is not { } type)
            return false;
        return context.CoreTypes.Is(type, [Ir.CoreValType.I32, Ir.CoreValType.I32, Ir.CoreValType.I32], [Ir.CoreValType.I32])
            || context.Fail($"core function {callback} cannot be a callback: it has type {context.CoreTypes.Text(type)}, not (func (param i32 i32 i32) (result i32))");
    }

    private CheckedOptions? Fail(string message)
    {
        context.Fail(message);
        return null;
    }
}
