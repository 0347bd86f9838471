using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Fact.Emit;

/// <summary>Identifiers of one index space of the text format: a readable one for each name, no two the same. Spec: <c>id</c>.</summary>
internal sealed class WatNames
{
    private readonly HashSet<string> taken = [];
    private readonly Dictionary<string, int> nextSuffix = [];
    private readonly List<string> ids = [];

    /// <summary>Gives the next index an identifier.</summary>
    public string Add(string name)
    {
        string id = Id(name);
        if (!taken.Add(id))
            id = Unique(id);
        ids.Add(id);
        return id;
    }

    /// <summary>The identifier of an index, or the index itself where there is none.</summary>
    public string this[uint index] => index < (uint)ids.Count ? ids[(int)index] : index.ToString(CultureInfo.InvariantCulture);

    private string Unique(string id)
    {
        int suffix = nextSuffix.GetValueOrDefault(id, 1);
        while (!taken.Add($"{id}#{suffix}"))
            suffix++;
        nextSuffix[id] = suffix + 1;
        return $"{id}#{suffix}";
    }

    private static string Id(string name)
    {
        var id = new StringBuilder("$", name.Length + 1);
        foreach (char c in name)
            id.Append(char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-./:<=>?@\\^_`|~".Contains(c) ? c : '_');
        return id.Length == 1 ? "$_" : id.ToString();
    }
}
