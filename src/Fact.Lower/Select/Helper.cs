using Fact.Ir;
using Fact.Lower.Code;

namespace Fact.Lower.Select;

/// <summary>A function that others call to copy or check something.</summary>
internal abstract class Helper(FuncId id)
{
    private readonly FuncRef self = FuncRef.Of(id);

    protected FuncId Id { get; } = id;

    /// <summary>A call of it, for a part of a value.</summary>
    public FuncCall Call(string? path) => new(self, path);

    /// <summary>Makes its body.</summary>
    public abstract SymbolicFunc Write(Scope s);
}
