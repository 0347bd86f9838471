using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>The position of what a module has of its own among the others of its kind. Code names the very objects that the program lists.</summary>
internal sealed class OwnNumbers
{
    private readonly Dictionary<object, int>? numbers;

    public OwnNumbers(ModuleItems items)
    {
        if (items.Memories.IsEmpty && items.Globals.IsEmpty && items.Tables.IsEmpty)
            return;
        numbers = new(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < items.Memories.Length; i++)
            numbers.Add(items.Memories[i], i);
        for (int i = 0; i < items.Globals.Length; i++)
            numbers.Add(items.Globals[i], i);
        for (int i = 0; i < items.Tables.Length; i++)
            numbers.Add(items.Tables[i], i);
    }

    /// <summary>The position, from 0.</summary>
    public int this[object item] => numbers is not null && numbers.TryGetValue(item, out int number) ? number : throw Broken.No("item of its own", 0);
}
