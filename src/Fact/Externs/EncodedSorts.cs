using System.Diagnostics;
using Fact.Component.Ast;
using Fact.Emit;

namespace Fact.Externs;

/// <summary>Sorts, and what definitions refer to by them, in the binary format. Spec: <c>sort</c>, <c>sortidx</c>.</summary>
internal static class EncodedSorts
{
    /// <summary>Writes a sort, which starts a type of an import or export as well.</summary>
    public static void Write(Sink to, Sort sort)
    {
        switch (sort)
        {
            case Sort.CoreModule:
                to.Byte(0x00);
                to.Byte(0x11);
                break;
            case Sort.Func:
                to.Byte(0x01);
                break;
            case Sort.Type:
                to.Byte(0x03);
                break;
            case Sort.Component:
                to.Byte(0x04);
                break;
            case Sort.Instance:
                to.Byte(0x05);
                break;
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Writes what a definition refers to.</summary>
    public static void Write(Sink to, SortIdx item)
    {
        Write(to, item.Sort);
        to.Unsigned(item.Index);
    }
}
