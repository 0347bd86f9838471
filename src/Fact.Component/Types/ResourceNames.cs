using Fact.Ir;

namespace Fact.Component.Types;

/// <summary>Checks that functions named after a resource type have the type that the name promises. Spec: <c>plainname</c>.</summary>
internal static class ResourceNames
{
    /// <summary>Whether a name may stand for what has the type; false, with an error, otherwise.</summary>
    /// <param name="context">Where errors go.</param>
    /// <param name="named">The resource types of this list of imports or exports.</param>
    /// <param name="name">The name, well formed.</param>
    /// <param name="type">The type.</param>
    public static bool Check(CheckContext context, NamedTypes named, string name, CheckedExtern type)
    {
        if (name.Length == 0 || name[0] != '[')
            return true;
        int close = name.IndexOf(']');
        if (close < 0)
            return context.Fail(DiagnosticCode.InvalidName, $"\"{name}\" is not a well-formed name");
        string annotation = name[1..close];
        string label = name[(close + 1)..];
        int dot = label.IndexOf('.');
        if (dot >= 0)
            label = label[..dot];
        if (type is not CheckedExtern.Func func)
            return context.Fail(DiagnosticCode.InvalidName, $"\"{name}\" must name a function, not a {type.Kind}");
        return annotation switch
        {
            "constructor" => Constructor(context, named, name, label, func),
            "method" => Method(context, named, name, label, func),
            _ => named.HasResource(label) || Fail(context, named, label, $"\"{name}\" names no resource type of this list of imports or exports"),
        };
    }

    private static bool Constructor(CheckContext context, NamedTypes named, string name, string label, CheckedExtern.Func func)
    {
        var (type, mentioned) = (func.FuncType.Result, func.Mentions?.Parts[^1]);
        if (func.FuncType.Async)
            return context.Fail(DiagnosticCode.InvalidName, $"\"{name}\" must be a synchronous function");
        if (type is ValType.Result(var ok, _))
        {
            type = ok;
            // Of a result, the one that ok and error both mention, or that of ok.
            mentioned = mentioned is { Keyword: null } ? mentioned.Parts[0] : mentioned;
        }
        return type is ValType.Own && named.IsCalled(mentioned, label)
            || Fail(context, named, label, $"\"{name}\" must return an own of the resource type \"{label}\", or a result with one");
    }

    private static bool Method(CheckContext context, NamedTypes named, string name, string label, CheckedExtern.Func func) =>
        (func.FuncType.Params is [{ Name: "self", Type: ValType.Borrow }, ..] && named.IsCalled(func.Mentions!.Parts[0], label))
        || Fail(context, named, label, $"\"{name}\" must have a first parameter \"self\" that is a borrow of the resource type \"{label}\"");

    // That a resource type has no name can come of what is wrong with the import or export that would give it one.
    private static bool Fail(CheckContext context, NamedTypes named, string label, string message) =>
        named.IsIncomplete && !named.HasResource(label) ? context.Depend() : context.Fail(DiagnosticCode.InvalidName, message);
}
