namespace Fact.Ir;

/// <summary>A function before resolution.</summary>
/// <param name="Id">Its id, unique in the program.</param>
/// <param name="Role">What it is for. A <see cref="FuncRole.Helper"/> may be merged with an equal one; the others keep their identity.</param>
/// <param name="Name">What a reader calls it; the name section has it. It takes no part in merging.</param>
/// <param name="Type">Its type.</param>
/// <param name="Locals">The virtual locals: the parameters first. Each is written before it is read on every path, so that slots can be shared.</param>
/// <param name="Code">Its code.</param>
internal sealed record SymbolicFunc(
    FuncId Id,
    FuncRole Role,
    string Name,
    CoreFuncType Type,
    EquatableArray<VirtualLocal> Locals,
    CompactCode Code)
{
    /// <summary>A function whose instructions are there already.</summary>
    public SymbolicFunc(FuncId id, FuncRole role, string name, CoreFuncType type, EquatableArray<VirtualLocal> locals, EquatableArray<Instr> body)
        : this(id, role, name, type, locals, CompactCode.Of(body, type.Params.Length, locals))
    {
    }

    /// <summary>Its instructions, made anew each time.</summary>
    public EquatableArray<Instr> Body
    {
        get => Code.Read().Body;
        init => Code = CompactCode.Of(value, Type.Params.Length, Locals);
    }
}

/// <summary>A local before it has a slot.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Name">What it holds, for the name section.</param>
internal readonly record struct VirtualLocal(CoreValType Type, string Name);

/// <summary>What a function of an adapter program is for.</summary>
internal enum FuncRole
{
    /// <summary>The adapter itself.</summary>
    Adapter,
    /// <summary>Translates parameters when the host starts an async call.</summary>
    AsyncStart,
    /// <summary>Translates results when an async callee returns.</summary>
    AsyncReturn,
    /// <summary>Translates a value for other functions.</summary>
    Helper,
    /// <summary>A function of the runtime module that adapters, guests or the host call.</summary>
    Runtime,
}
