using Fact.Ir;

namespace Fact.Lower.Select;

/// <summary>A function that others call to copy or check something.</summary>
internal abstract class Helper(FuncId id)
{
    private readonly FuncRef self = new FuncRef.Defined(id);
    private Instr? call;

    protected FuncId Id { get; } = id;

    /// <summary>A call of it, for a part of a value.</summary>
    public Instr Call(string? path) => path is null ? call ??= new Instr.Call(self) : new Instr.Call(self, path);

    /// <summary>Makes its body.</summary>
    public abstract SymbolicFunc Write(Scope s);
}
