using Fact.Ir;

namespace Fact.Lower.Runtime.Transcode;

/// <summary>Strings whose code units stay what they are: checked, if they can be wrong, then copied at once.</summary>
internal static class StringCopies
{
    public static void Utf8(RoutineCode c)
    {
        ShortStrings.Write(c, UnitChange.Bytes, Unfit.NotAscii, () => { });
        Checked(c, 1, () => Utf8Check.Write(c));
    }

    public static void Utf16(RoutineCode c)
    {
        ShortStrings.Write(c, UnitChange.Pairs, Unfit.Surrogate, () => { });
        Checked(c, 2, () => Utf16Check.Write(c));
    }

    public static void Latin1(RoutineCode c)
    {
        ShortStrings.Write(c, UnitChange.Bytes, Unfit.None, () => { });
        c.CopyRest(1);
    }

    /// <summary>Results are the code units read, and written.</summary>
    public static void AsciiOfLatin1(RoutineCode c)
    {
        var b = c.B;
        ShortStrings.Write(c, UnitChange.Bytes, Unfit.NotAscii, () => PushBoth(c));
        var start = c.Keep(c.Src, "start");
        Utf8Check.SkipAscii(c);
        c.PushSince(c.SourcePtr, c.Src, start);
        b.Set(c.Len);
        b.Get(start);
        b.Set(c.Src);
        c.CopyRest(1);
        PushBoth(c);
    }

    private static void PushBoth(RoutineCode c)
    {
        c.PushLen(1);
        c.PushLenOfTarget(1);
    }

    private static void Checked(RoutineCode c, uint unitBytes, System.Action check)
    {
        var b = c.B;
        LocalId start = c.Keep(c.Src, "start"), all = c.Keep(c.Len, "all");
        check();
        b.Get(start);
        b.Set(c.Src);
        b.Get(all);
        b.Set(c.Len);
        c.CopyRest(unitBytes);
    }
}
