using Fact.Ir;
using Fact.Values;
using LanguageExt;

namespace Fact.Host.Canonical;

/// <summary>
/// Lays out functions whose types are valid; each type object is checked once, as types may share parts. Once a type was found at fault, no other function is
/// laid out. It serves one component and is not for several threads at once.
/// </summary>
internal sealed class FunctionLayouts
{
    private readonly TypeCheck check;
    private Diagnostic? fault;

    public FunctionLayouts() => check = new((code, path, message) => fault ??= new(code, message, path.ToString()));

    /// <summary>Lays out a function's parameters and result, or says why a value of one of them cannot be.</summary>
    /// <param name="type">The type of the function.</param>
    /// <param name="options">The options that it was lifted or lowered with.</param>
    /// <param name="lifted">Whether it was lifted; otherwise it was lowered.</param>
    public Either<Diagnostic, FunctionLayout> Of(ComponentFuncType type, CanonicalOptions options, bool lifted)
    {
        check.Check(type, new ValuePath());
        return fault is not null ? fault : new FunctionLayout(type, options, lifted);
    }
}
