using System.Collections;
using System.Collections.Generic;
using Fact.Ir;

namespace Fact.Emit;

/// <summary>
/// Which functions have references. Code may only make one where the module says outside of code that there is: parts say so by exports too, which are not
/// those of the merged module. Spec: <c>C.refs</c>.
/// </summary>
/// <param name="functions">How many functions the merged module has.</param>
internal sealed class References(int functions)
{
    /// <summary>The opcode of <c>ref.func</c>.</summary>
    public const int RefFunc = 0xD2;

    private readonly BitArray declared = new(functions), needed = new(functions);

    /// <summary>Takes note of a reference.</summary>
    /// <param name="function">The function, by its number in the merged module.</param>
    /// <param name="inBody">Whether it is made in the body of a function; anywhere else it is a declaration.</param>
    public void Add(uint function, bool inBody) => (inBody ? needed : declared)[(int)function] = true;

    /// <summary>The functions that code makes references to, without anything that says so.</summary>
    public EquatableArray<uint> Undeclared
    {
        get
        {
            var undeclared = new List<uint>();
            for (int i = 0; i < needed.Length; i++)
            {
                if (needed[i] && !declared[i])
                    undeclared.Add((uint)i);
            }
            return undeclared.Seal();
        }
    }
}
