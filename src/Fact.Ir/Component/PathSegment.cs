using System.Globalization;
using System.Text;

namespace Fact.Ir;

/// <summary>A step from a value to a part of it: <c>record field "x"</c>, <c>tuple element 3</c>, <c>option some</c>.</summary>
/// <param name="What">What kind of part.</param>
/// <param name="Name">Its name, if it has one.</param>
/// <param name="Position">Its position from 0; −1 where it has none.</param>
internal readonly record struct PathSegment(string What, string? Name = null, int Position = -1)
{
    public static PathSegment Params { get; } = new("params");

    public static PathSegment Result { get; } = new("result");

    public static PathSegment ListElement { get; } = new("list element");

    public static PathSegment OptionSome { get; } = new("option some");

    public static PathSegment ResultOk { get; } = new("result ok");

    public static PathSegment ResultError { get; } = new("result error");

    public static PathSegment Param(string name) => new("param", name);

    public static PathSegment Field(string name) => new("record field", name);

    public static PathSegment TupleElement(int position) => new("tuple element", null, position);

    public static PathSegment Case(string name) => new("variant case", name);

    /// <summary>With a long name abbreviated.</summary>
    public PathSegment Shortened() => Name is null ? this : this with { Name = Printable.Short(Name) };

    public void AppendTo(StringBuilder text)
    {
        text.Append(What);
        if (Name is not null)
            text.Append(" \"").Append(Name).Append('"');
        if (Position >= 0)
            text.Append(' ').Append(Position.ToString(CultureInfo.InvariantCulture));
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        AppendTo(text);
        return text.ToString();
    }
}
