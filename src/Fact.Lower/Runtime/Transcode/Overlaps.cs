using Fact.Ir;

namespace Fact.Lower.Runtime.Transcode;

/// <summary>
/// Strings that a component passes to itself, in memory that its allocator gives out although the string is there. What is converted is the text as it was before.
/// Routines that read everything before they write need nothing for it.
/// </summary>
internal static class Overlaps
{
    /// <summary>
    /// Where the bytes of the source and the room of the destination have some in common, moves the source to the end of that room: from there it can be converted
    /// from front to back, as no code unit becomes more bytes than there is room for each.
    /// </summary>
    /// <param name="c">The routine.</param>
    /// <param name="unitBytes">The bytes of a code unit of the source.</param>
    /// <param name="roomPerUnit">The bytes of room for each, at least so many.</param>
    public static void MoveSourceToEnd(RoutineCode c, uint unitBytes, uint roomPerUnit)
    {
        if (!c.OneMemory)
            return;
        c.PushLen(roomPerUnit);
        MoveSourceToEnd(c, unitBytes, c.B.SetNew(c.TargetPtr.Type, "room_bytes"));
    }

    /// <inheritdoc cref="MoveSourceToEnd(RoutineCode, uint, uint)"/>
    public static void MoveSourceToEnd(RoutineCode c, uint unitBytes, LocalId roomBytes)
    {
        if (!c.OneMemory)
            return;
        var b = c.B;
        c.PushSince(c.SourcePtr, c.Src, c.Dst);
        b.Get(roomBytes);
        c.SourcePtr.LtU(b);
        PushStartsInSource(c, unitBytes);
        b.Op(PlainOp.I32Or);
        c.If();
        b.Get(c.Dst);
        b.Get(roomBytes);
        c.SourcePtr.Add(b);
        c.PushLen(unitBytes);
        c.SourcePtr.Sub(b);
        var moved = b.TeeNew(c.SourcePtr.Type, "moved");
        b.Get(c.Src);
        c.PushLen(unitBytes);
        c.MemoryCopy();
        b.Get(moved);
        b.Set(c.Src);
        b.End();
    }

    /// <summary>Where the destination begins inside the source, and behind its first byte, moves the source to the destination.</summary>
    public static void MoveSourceToStart(RoutineCode c)
    {
        if (!c.OneMemory)
            return;
        var b = c.B;
        PushStartsInSource(c, 1);
        c.If();
        c.CopyRest(1);
        b.Get(c.Dst);
        b.Set(c.Src);
        b.End();
    }

    /// <summary>Pushes whether the destination begins inside the source, which is not empty, and behind its first byte.</summary>
    public static void PushStartsInSource(RoutineCode c, uint unitBytes)
    {
        c.PushSince(c.SourcePtr, c.Dst, c.Src);
        PushLessOne();
        c.PushLen(unitBytes);
        PushLessOne();
        c.SourcePtr.LtU(c.B);

        void PushLessOne()
        {
            c.SourcePtr.Const(c.B, 1);
            c.SourcePtr.Sub(c.B);
        }
    }
}
